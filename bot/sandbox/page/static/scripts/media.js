/** Pictures and files. A picture that can't be loaded is replaced by a note, and nothing waits for it. */

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { t, withUnit } from "./texts.js";

/**
 * Makes a picture in a box whose size is known beforehand.
 *
 * `picture`: `url`, `host`, and `description` where there is one; a null `url` counts as missing.
 */
export function picture({ url, host, description }, kind) {
  const missing = () => {
    box.classList.add("missing");
    box.replaceChildren(
      h("span", { class: "sign" }, icon("picture"), h("span", {}, t("pictureMissing"), host && h("small", {}, h("bdi", {}, host)))),
    );
  };
  const address = url && new URL(url, location.href).href;
  const box = h(address ? "a" : "span", {
    class: `picture ${kind}`,
    ...(address && { href: address, target: "_blank", rel: "noopener noreferrer", title: address }),
  });
  if (!address) {
    missing();
    return box;
  }
  const image = h("img", {
    alt: description || (kind === "attached" && host) || t("picture"),
    loading: "lazy",
    decoding: "async",
    referrerpolicy: "no-referrer",
    onload: () => box.classList.add("loaded"),
    onerror: missing,
  });
  box.append(image);
  // As Discord marks pictures that have a description.
  if (kind === "attached" && description) box.append(h("span", { class: "alt", title: description, "aria-hidden": "true" }, t("alt")));
  image.src = address;
  return box;
}

/** Makes a small round picture, which disappears if it can't be loaded. */
export const smallPicture = (url) =>
  url && h("img", { class: "sign", src: url, alt: "", loading: "lazy", referrerpolicy: "no-referrer", onerror: (event) => event.target.remove() });

const UNITS = ["byte", "kilobyte", "megabyte"];

/** Makes a file of a message: a picture, or a link to download it; without a `url` it is gone. */
export function file({ name, bytes, url, picture: isPicture, description }) {
  if (isPicture) return picture({ url, host: name, description }, "attached");
  let size = bytes;
  let unit = 0;
  while (size >= 1024 && unit < UNITS.length - 1) [size, unit] = [size / 1024, unit + 1];
  if (!url) return h("span", { class: "file" }, icon("file"), t("gone"));
  return h(
    "a",
    { class: "file", href: url, download: name, "aria-label": t("keep", { name }) },
    icon("file"),
    h("span", {}, h("bdi", { class: "name" }, name), h("small", {}, withUnit(size, UNITS[unit]))),
  );
}
