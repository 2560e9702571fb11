/// Statuses in words, as the codes of actions have them.
///
/// Source: `HttpStatusCode` of .NET.
enum StatusName {
    private static let names = [
        200: "OK", 201: "Created", 202: "Accepted", 204: "NoContent", 206: "PartialContent", 301: "MovedPermanently",
        302: "Found", 304: "NotModified", 307: "TemporaryRedirect", 400: "BadRequest", 401: "Unauthorized",
        403: "Forbidden", 404: "NotFound", 405: "MethodNotAllowed", 408: "RequestTimeout", 409: "Conflict", 410: "Gone",
        412: "PreconditionFailed", 413: "RequestEntityTooLarge", 415: "UnsupportedMediaType", 429: "429",
        500: "InternalServerError", 501: "NotImplemented", 502: "BadGateway", 503: "ServiceUnavailable",
        504: "GatewayTimeout",
    ]

    static func text(_ status: Int) -> String { self.names[status] ?? String(status) }
}
