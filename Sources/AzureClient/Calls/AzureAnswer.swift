import BackupDomain
import FoundationEssentials

/// An answer of Azure to an authorized call, with what is needed to explain it.
struct AzureAnswer: Sendable {
    /// The answer itself.
    var response: HTTPExchangeResponse
    /// Where the call went.
    var url: URL
    /// The token that was sent.
    var token: Secret?
    /// Whether an earlier attempt of the same call may have taken effect unseen.
    var isRepeated: Bool

    /// The path of the call's URL, for messages: never the query.
    var path: String { self.url.path() }

    /// The status.
    var status: Int { self.response.status }

    /// Whom the token that was sent speaks for; read from it each time, since only refusals name it.
    var principal: TokenClaims? { self.token.flatMap(TokenClaims.init) }

    /// The answer as a fault.
    ///
    /// - Parameter body: What its body says.
    /// - Returns: The fault.
    func fault(_ body: AzureErrorBody) -> AzureFault {
        AzureFault(status: self.status, code: body.code, message: body.message, requestID: self.response.requestID)
    }

    /// The body of a success.
    ///
    /// - Returns: The document.
    /// - Throws: ``BackupDomain/BackupError`` with code `malformedAnswer`, naming the path.
    func requireDocument() throws(BackupError) -> JSONValue {
        guard let document = self.response.document else { throw self.malformed("it is no JSON document") }
        return document
    }

    /// Says that a success has not the form that it should have.
    ///
    /// - Parameter what: What is wrong, in a clause.
    /// - Returns: The error.
    func malformed(_ what: String) -> BackupError {
        BackupError(
            .malformedAnswer,
            "Azure's answer to \(self.path) cannot be used: \(what).",
            azure: AzureFault(status: self.status, requestID: self.response.requestID)
        )
    }
}
