import BackupDomain
import FoundationEssentials

/// What the body of a refusal says: Azure's code and message.
///
/// Read leniently: `{"error": {"code", "message"}}` with whatever else and any nulls, and the same without the envelope.
/// Line ends in a message become blanks; what is longer than 2,000 characters is cut.
///
/// Source: <https://github.com/Azure/azure-resource-manager-rpc/blob/master/v1.0/common-api-details.md#error-response-content>
struct AzureErrorBody: Sendable, Hashable {
    /// Azure's code.
    var code: String?
    /// Azure's message.
    var message: String?

    /// Reads a body.
    ///
    /// - Parameter document: The body's document; nil where it is none.
    init(_ document: JSONValue?) {
        let error = document?["error"]?.object == nil ? document : document?["error"]
        self.code = error?["code"]?.string.flatMap { $0.isEmpty ? nil : $0 }
        self.message = (error?["message"]?.string ?? error?["Message"]?.string).flatMap(Self.folded)
    }

    /// Makes one bounded line of a text.
    ///
    /// - Parameter text: The text.
    /// - Returns: The line; nil where nothing is left.
    static func folded(_ text: String) -> String? {
        let line = text.split { $0.isNewline || $0 == " " || $0 == "\t" || $0.asciiValue.map { $0 < 32 } ?? false }
            .joined(separator: " ")
        if line.isEmpty { return nil }
        return line.count <= 2000 ? line : line.prefix(1999) + "…"
    }
}
