import HTTPTypes

extension HTTPResponse.Status {
    private static let named: [Self] = [
        .ok, .created, .accepted, .noContent, .partialContent, .notModified, .badRequest, .unauthorized, .forbidden,
        .notFound, .methodNotAllowed, .conflict, .preconditionFailed, .contentTooLarge, .rangeNotSatisfiable,
        .internalServerError,
    ]

    /// The status of a code, with the phrase that stands in the parts of a batch.
    init(named code: Int) { self = Self.named.first { $0.code == code } ?? Self(code: code) }
}
