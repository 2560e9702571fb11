package import AzureClient
import FoundationEssentials
import HTTPTypes

extension HTTPExchangeResponse {
    /// An answer with a text for body.
    ///
    /// - Parameters:
    ///   - status: The status.
    ///   - body: The body's text.
    ///   - fields: Header fields by name.
    /// - Returns: The answer.
    package static func text(_ status: Int, _ body: String = "", _ fields: [String: String] = [:]) -> Self {
        var answer = Self(status: status, body: Data(body.utf8))
        for (name, value) in fields { answer.fields[text: name] = value }
        return answer
    }
}
