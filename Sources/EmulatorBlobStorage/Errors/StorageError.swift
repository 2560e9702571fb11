/// A refusal in Azure Storage's own form: status, code, sentence, and elements that say more.
///
/// Source: <https://learn.microsoft.com/rest/api/storageservices/status-and-error-codes2>
package struct StorageError: Error, Sendable {
    /// The HTTP status.
    package var status: Int
    /// The code that clients look at; also sent as `x-ms-error-code`.
    package var code: String
    /// The sentence for people.
    package var message: String
    /// Elements that follow the message in the body, in order.
    var details: [(name: String, value: String)] = []
    /// Header fields that belong to the refusal.
    var headers: [(name: String, value: String)] = []

    init(_ status: Int, _ code: String, _ message: String) {
        self.status = status
        self.code = code
        self.message = message
    }

    func detail(_ name: String, _ value: String) -> Self {
        var copy = self
        copy.details.append((name, value))
        return copy
    }

    func header(_ name: String, _ value: String) -> Self {
        var copy = self
        copy.headers.append((name, value))
        return copy
    }
}

extension StorageError: CustomStringConvertible {
    package var description: String { "\(self.status) \(self.code): \(self.message)" }
}
