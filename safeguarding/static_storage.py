"""Static files with hashed names, also for JavaScript modules that import each other."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Also rewrites `import ... from "./x.js";` to the hashed name, so that all modules are of one release.

    Django only finds imports that end with a semicolon.
    """

    support_js_module_import_aggregation = True
