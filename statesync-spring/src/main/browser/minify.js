/*
 * Gives the browser's module short names and takes its comments away: nothing else is changed (no "compress"). Run by the
 * build on the JVM: UglifyJS is written in ES5, which Nashorn understands.
 *
 * Arguments: where UglifyJS is on the class path, the module, where the result goes.
 */
(function (uglify, input, output, script) {
  var File = java.io.File;
  var Files = java.nio.file.Files;

  function text(bytes) {
    return new java.lang.String(bytes, "UTF-8") + "";
  }

  function minifier() {
    var parts = "utils ast transform parse scope compress output sourcemap mozilla-ast propmangle minify".split(" ");
    var code = parts.map(function (part) {
      return text(java.lang.ClassLoader.getSystemResourceAsStream(uglify + part + ".js").readAllBytes());
    });
    code.push("return minify;");
    // the names of the DOM's properties, and what source maps need: neither is used
    return new Function("domprops", "exports", "atob", "btoa", code.join("\n"))([], {}, null, null);
  }

  var source = new File(input);
  var target = new File(output);
  if (target.lastModified() > Math.max(source.lastModified(), new File(script).lastModified())) {
    return;
  }
  var result = minifier()(text(Files.readAllBytes(source.toPath())), {
    module: true,
    compress: false,
    mangle: { toplevel: true },
    output: { ascii_only: true },
  });
  if (result.error) {
    throw new Error(input + ":" + result.error.line + ": " + result.error.message);
  }
  var notice = "/* StateSync (MIT). Source: browser/statesync.js */\n";
  Files.createDirectories(target.getParentFile().toPath());
  Files.write(target.toPath(), new java.lang.String(notice + result.code).getBytes("UTF-8"));
})(arguments[0], arguments[1], arguments[2], __FILE__);
