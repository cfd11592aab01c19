// Runs before either UI: whatever a page asks of another host is not even asked.
// The Content-Security-Policy forbids the same; this keeps the attempt from being made.
(() => {
  const home = (address) => {
    try {
      const url = new URL(address instanceof Request ? address.url : address, location.href);
      return ["blob:", "data:"].includes(url.protocol) || url.host === location.host;
    } catch {
      return true; // not an address at all: the browser says so itself
    }
  };
  const away = () => new TypeError("only this host is asked");

  const ask = window.fetch;
  window.fetch = (address, ...rest) =>
    home(address) ? ask.call(window, address, ...rest) : Promise.reject(away());

  const open = XMLHttpRequest.prototype.open;
  XMLHttpRequest.prototype.open = function (method, address, ...rest) {
    if (!home(address)) throw away();
    return open.call(this, method, address, ...rest);
  };

  const beacon = navigator.sendBeacon;
  navigator.sendBeacon = (address, ...rest) => home(address) && beacon.call(navigator, address, ...rest);
})();
