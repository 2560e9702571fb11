import EmulatorRuntime
import Foundation
import HTTPTypes

/// Reads and writes the multipart bodies of a batch.
///
/// Source: <https://learn.microsoft.com/rest/api/storageservices/blob-batch>
enum BatchDocument {
    static let maximumParts = 256
    static let maximumLength = 4 << 20

    /// One request of a batch.
    struct Part {
        var contentID: String?
        var method: HTTPRequest.Method
        var path: String
        var query: String
        var headers: HTTPFields
    }

    static func boundary(_ contentType: String) -> String? {
        let parts = contentType.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
        guard parts.first?.lowercased() == "multipart/mixed" else { return nil }
        let value = parts.dropFirst().first { $0.lowercased().hasPrefix("boundary=") }?.dropFirst("boundary=".count)
        guard let boundary = value?.trimmingCharacters(in: ["\""]), (1...200).contains(boundary.utf8.count)
        else { return nil }
        return boundary
    }

    static func read(_ body: Data, boundary: String) throws(StorageError) -> [Part] {
        guard body.count <= self.maximumLength else { throw .bodyTooLarge(limit: self.maximumLength) }
        guard let text = String(validating: body, as: UTF8.self) else { throw .invalidInput }
        let lines = text.split(omittingEmptySubsequences: false) { $0 == "\r\n" || $0 == "\n" }.map(String.init)
        let marks = lines.indices.filter { lines[$0] == "--\(boundary)" || lines[$0] == "--\(boundary)--" }
        guard marks.count >= 2, let last = marks.last, lines[last] == "--\(boundary)--" else { throw .invalidInput }
        guard marks.count - 1 <= self.maximumParts else { throw .invalidInput }
        return try zip(marks, marks.dropFirst()).map { start, end throws(StorageError) in
            try self.part(lines[(start + 1)..<end])
        }
    }

    static func write(_ answers: [(contentID: String?, response: EmulatedResponse)], boundary: String) -> Data {
        var body = Data()
        for (contentID, response) in answers {
            var head = "--\(boundary)\r\nContent-Type: application/http\r\n"
            if let contentID { head += "Content-ID: \(contentID)\r\n" }
            head += "\r\nHTTP/1.1 \(response.status.code) \(response.status.reasonPhrase)\r\n"
            for field in response.headers { head += "\(field.name.rawName): \(field.value)\r\n" }
            if !response.body.isEmpty { head += "Content-Length: \(response.body.count)\r\n" }
            body += Data("\(head)\r\n".utf8) + response.body + Data("\r\n".utf8)
        }
        return body + Data("--\(boundary)--\r\n".utf8)
    }

    private static func part(_ lines: ArraySlice<String>) throws(StorageError) -> Part {
        guard let gap = lines.firstIndex(of: "") else { throw .invalidInput }
        let outer = try self.fields(lines[..<gap])
        guard outer.value("content-type")?.lowercased() == "application/http" else { throw .invalidInput }
        let inner = lines[(gap + 1)...]
        let words = (inner.first ?? "").split(separator: " ")
        guard words.count == 3, words[2].hasPrefix("HTTP/"), words[1].hasPrefix("/"),
            let method = HTTPRequest.Method(rawValue: String(words[0]))
        else { throw .invalidInput }
        let end = inner.dropFirst().firstIndex(of: "") ?? inner.endIndex
        let address = words[1].split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        return Part(
            contentID: outer.value("content-id"),
            method: method,
            path: address[0],
            query: address.count > 1 ? address[1] : "",
            headers: try self.fields(inner[(inner.startIndex + 1)..<end])
        )
    }

    private static func fields(_ lines: ArraySlice<String>) throws(StorageError) -> HTTPFields {
        guard lines.count <= 100 else { throw .invalidInput }
        var fields = HTTPFields()
        for line in lines {
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, let name = HTTPField.Name(String(parts[0])) else { throw .invalidInput }
            fields.append(HTTPField(name: name, value: parts[1].trimmingCharacters(in: .whitespaces)))
        }
        return fields
    }
}
