// Keeps a copy of the page for the next visit without a network.
if ("serviceWorker" in navigator && location.protocol.startsWith("http")) {
  addEventListener("load", () => {
    navigator.serviceWorker.register("sw.js").catch(() => {
      // Without it (private window, http on a foreign host) the page works as before, only not offline.
    });
  });
}
