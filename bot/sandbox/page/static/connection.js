/** The line to the server: asks and is told; comes back by itself when it was lost. */

const LONGEST_WAIT = 8000;
const FIRST_WAIT = 250;

export class Connection {
  #socket = null;
  #number = 0;
  #waiting = new Map();
  #wait = FIRST_WAIT;

  /**
   * `told(frame)` is called with whatever comes by itself; `state("on" | "off")` when the line is
   * there, or lost.
   */
  constructor(told, state) {
    this.told = told;
    this.state = state;
    this.#connect();
    // A laptop that wakes up, or a network that is back: no need to wait any longer.
    addEventListener("online", () => this.#connect());
    document.addEventListener("visibilitychange", () => document.hidden || this.#connect());
  }

  #connect() {
    if (this.#socket) return;
    const socket = new WebSocket(`ws://${location.host}/live`);
    this.#socket = socket;
    socket.onopen = () => {
      this.#wait = FIRST_WAIT;
      this.state("on");
    };
    socket.onmessage = (event) => this.#hear(JSON.parse(event.data));
    socket.onclose = () => {
      this.#socket = null;
      for (const { reject } of this.#waiting.values()) reject(new Lost());
      this.#waiting.clear();
      this.state("off");
      setTimeout(() => this.#connect(), this.#wait);
      this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT);
    };
  }

  #hear(frame) {
    if (frame.kind !== "answer") {
      this.told(frame);
      return;
    }
    const waiting = this.#waiting.get(frame.to);
    this.#waiting.delete(frame.to);
    this.told(frame);
    if ("error" in frame) waiting?.reject(new Refused(frame.error));
    else waiting?.resolve(frame.result);
  }

  /** Asks the server to do something, and returns what it answers. */
  ask(deed, content = {}) {
    return new Promise((resolve, reject) => {
      if (this.#socket?.readyState !== WebSocket.OPEN) {
        reject(new Lost());
        return;
      }
      this.#number += 1;
      this.#waiting.set(this.#number, { resolve, reject });
      this.#socket.send(JSON.stringify({ ...content, do: deed, number: this.#number }));
    });
  }
}

/** The server would not do it, and says why. */
export class Refused extends Error {}

/** The line was lost before an answer came. */
export class Lost extends Error {}
