(function () {
  var field = document.getElementById("left"), end = Date.now() + field.dataset.seconds * 1000;
  setInterval(function () {
    var left = Math.max(0, Math.round((end - Date.now()) / 1000));
    field.textContent = Math.floor(left / 60) + ":" + ("0" + left % 60).slice(-2);
  }, 1000);
})();
