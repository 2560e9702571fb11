import BackupDomain
import FoundationEssentials

/// An answer to a call: a short text that is made anew each time.
package struct HTTPPage: Sendable, Hashable {
    /// The status code.
    package var status: Int
    /// The media type.
    package var contentType: String
    /// What it says.
    package var body: String

    /// Creates a page; 200 by default.
    package init(status: Int = 200, contentType: String = "text/plain; charset=utf-8", body: String) {
        self.status = status
        self.contentType = contentType
        self.body = body
    }

    /// Writes a value as JSON.
    ///
    /// - Parameters:
    ///   - status: The status code.
    ///   - value: The value.
    /// - Returns: The page.
    package static func json(status: Int = 200, _ value: some Encodable) -> HTTPPage {
        // Our own documents hold no number that JSON cannot.
        let data = (try? JSONEncoder.stable(pretty: true).encode(value)) ?? Data("{}".utf8)
        return HTTPPage(
            status: status,
            contentType: "application/json; charset=utf-8",
            body: String(decoding: data, as: UTF8.self) + "\n"
        )
    }
}
