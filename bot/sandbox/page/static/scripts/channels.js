/** Finding channels among the guilds and conversations of a person. */

export const TYPE = { text: 0, category: 4, forum: 15, media: 16 };
const THREADS = [10, 11, 12];

export const isThread = ({ type }) => THREADS.includes(type);
export const isForum = ({ type }) => type === TYPE.forum || type === TYPE.media;

/** Returns all channels that the person sees. */
export const allChannels = ({ guilds, talks }) => [...guilds.flatMap(({ channels }) => channels), ...talks];

/** Returns the channel of an id; undefined if the person doesn't see it. */
export const findChannel = (places, id) => allChannels(places).find((channel) => channel.id === id);

/** Returns the id of the channel that is opened first in a guild, or among all if there is none. */
export function firstChannel({ guilds, talks }, guild = guilds[0]) {
  const channels = [...(guild?.channels ?? talks)].sort((one, other) => one.position - other.position);
  const first = channels.find(({ type }) => type === TYPE.text) ?? channels.find(({ type }) => type !== TYPE.category);
  return (first ?? talks[0]).id;
}
