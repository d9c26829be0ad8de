/** The connection to the server: sends requests, receives updates, and comes back by itself when it is lost. */

const LONGEST_WAIT = 8000;
const FIRST_WAIT = 250;

export class Connection {
  #socket = null;
  #number = 0;
  #waiting = new Map();
  #wait = FIRST_WAIT;

  /**
   * Connects. `received(frame)` is called with all that is not an answer, and before each answer;
   * `changed(isOpen)` when the connection is open, or lost.
   */
  constructor(received, changed) {
    this.received = received;
    this.changed = changed;
    this.#connect();
    // After sleep, or when the network is back, there is no need to wait any longer.
    addEventListener("online", () => this.#connect());
    document.addEventListener("visibilitychange", () => document.hidden || this.#connect());
  }

  #connect() {
    if (this.#socket) return;
    const socket = new WebSocket(`ws://${location.host}/live`);
    this.#socket = socket;
    socket.onopen = () => {
      this.#wait = FIRST_WAIT;
      this.changed(true);
    };
    socket.onmessage = (event) => this.#receive(JSON.parse(event.data));
    socket.onclose = () => {
      this.#socket = null;
      for (const { reject } of this.#waiting.values()) reject(new ConnectionLost());
      this.#waiting.clear();
      this.changed(false);
      setTimeout(() => this.#connect(), this.#wait);
      this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT);
    };
  }

  #receive(frame) {
    this.received(frame);
    if (frame.kind !== "answer") return;
    const waiting = this.#waiting.get(frame.to);
    this.#waiting.delete(frame.to);
    if ("error" in frame) waiting?.reject(new RequestRefused(frame.error));
    else waiting?.resolve(frame.result);
  }

  /** Sends a request and returns what the server answers. Throws `RequestRefused` or `ConnectionLost`. */
  request(type, content = {}) {
    return new Promise((resolve, reject) => {
      if (this.#socket?.readyState !== WebSocket.OPEN) {
        reject(new ConnectionLost());
        return;
      }
      this.#number += 1;
      this.#waiting.set(this.#number, { resolve, reject });
      this.#socket.send(JSON.stringify({ ...content, type, number: this.#number }));
    });
  }
}

/** The server refuses the request; the message says why. */
export class RequestRefused extends Error {}

/** The connection was lost before an answer came. It has no message: the page says so elsewhere. */
export class ConnectionLost extends Error {}
