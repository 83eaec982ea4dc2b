// Shows the player of another host in the place of the link to it, once a reader follows that.
// Without it the link leads to the host.

addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-embed]");
  const isPlain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  if (!link || !isPlain) return;
  event.preventDefault();
  const player = document.createElement("iframe");
  player.src = link.dataset.embed;
  player.title = link.dataset.title;
  player.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
  player.referrerPolicy = "strict-origin-when-cross-origin";
  link.replaceWith(player);
  player.focus();
});
