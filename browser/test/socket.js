import { settle } from "./clock.js";

/** A web socket whose other end is the test. */
export class FakeSocket extends EventTarget {
  sent = [];
  closed = false;

  /** A class of its own, which keeps the sockets that were opened. */
  static kind() {
    return class Socket extends FakeSocket {
      static opened = [];
      static get last() {
        return Socket.opened.at(-1);
      }
      constructor(url, protocol) {
        super();
        Object.assign(this, { url, protocol });
        Socket.opened.push(this);
      }
    };
  }

  send(text) {
    this.sent.push(text);
  }

  close() {
    this.closed = true;
  }

  open() {
    this.dispatchEvent(new Event("open"));
  }

  receive(data) {
    this.dispatchEvent(Object.assign(new Event("message"), { data }));
  }

  lose(code = 1006) {
    this.dispatchEvent(Object.assign(new Event("close"), { code }));
  }

  frame(command, headers, body = "") {
    const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`);
    this.receive(`${command}\n${lines.join("")}\n${body}\0`);
  }

  message(subscription, body) {
    this.frame("MESSAGE", { subscription, "message-id": "m", destination: "/topic/x" }, body);
  }

  connect(heartbeat = "0,0") {
    this.open();
    this.frame("CONNECTED", { version: "1.2", "heart-beat": heartbeat });
  }

  /** What was sent with this command, as objects of its headers. */
  frames(command) {
    return this.sent
      .filter((text) => text.startsWith(`${command}\n`))
      .map((text) =>
        Object.fromEntries(
          text
            .split("\n\n")[0]
            .split("\n")
            .slice(1)
            .map((line) => line.split(/:(.*)/s).slice(0, 2)),
        ),
      );
  }

  get beats() {
    return this.sent.filter((text) => text === "\n").length;
  }

  confirm(...ids) {
    for (const id of ids) this.frame("RECEIPT", { "receipt-id": id });
  }

  /** Connects, and confirms what is subscribed. */
  async serve(heartbeat) {
    await settle();
    this.connect(heartbeat);
    this.confirm(...this.frames("SUBSCRIBE").map(({ id }) => id));
    await settle();
  }
}
