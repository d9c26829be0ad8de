/** Pictures and files. A picture that does not come leaves a sign in its place, and nothing waits. */

import { h, icon } from "./dom.js";
import { t } from "./texts.js";

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
    alt: description || t("picture"),
    loading: "lazy",
    decoding: "async",
    referrerpolicy: "no-referrer",
    onload: () => box.classList.add("loaded"),
    onerror: missing,
  });
  box.append(image);
  // As Discord marks pictures that have a description.
  if (kind === "attached" && description) box.append(h("span", { class: "alt", title: description, "aria-hidden": "true" }, "ALT"));
  image.src = address;
  return box;
}

/** Makes a small round picture, or nothing where it does not come. */
export const sign = (url) =>
  url && h("img", { class: "sign", src: url, alt: "", loading: "lazy", referrerpolicy: "no-referrer", onerror: (event) => event.target.remove() });

const UNITS = ["bytes", "KB", "MB"];

/** Makes a file of a message: a picture, or something to keep; without a `url` it is gone. */
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
    h("span", {}, h("bdi", { class: "name" }, name), h("small", {}, `${unit ? size.toFixed(1) : size} ${UNITS[unit]}`)),
  );
}
