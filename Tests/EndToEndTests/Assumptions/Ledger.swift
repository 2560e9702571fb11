import Foundation
import Testing

extension Tag {
    /// A test that runs once for each plausible answer to something that is not known of Azure.
    @Tag static var assumption: Self
}

/// The ledger of assumptions, docs/assumptions.json.
struct Ledger: Decodable, Sendable {
    /// How sure an entry is.
    enum Certainty: String, Decodable, Sendable {
        case specification
        case recorded
        case documented
        case inferred
        case unknown
    }

    struct Answer: Decodable, Sendable {
        var name: String
        var what: String
        var isDefault: Bool
    }

    struct Entry: Decodable, Sendable {
        var name: String
        var what: String
        var reliedOnIn: [String]
        var certainty: Certainty
        var source: String
        var isEmulated: Bool
        /// Where it is shown that the local Azure behaves so.
        var tests: [String]?
        var answers: [Answer]?
    }

    /// A part of Azure that the local one does not have.
    struct NotCovered: Decodable, Sendable {
        var what: String
        /// A call that would need it, as `METHOD PATH` with names in braces.
        var request: String?
        /// Status and code of the answer.
        var answer: String?
    }

    var version: Int
    var seenLive: [String]
    var assumptions: [Entry]
    var notCovered: [NotCovered]

    /// The root of the repository.
    static let root = (0..<4).reduce(URL(filePath: #filePath)) { url, _ in url.deletingLastPathComponent() }

    static func content() throws -> Data {
        try Data(contentsOf: Self.root.appending(path: "docs/assumptions.json"))
    }

    static func load() throws -> Self { try JSONDecoder().decode(Self.self, from: Self.content()) }

    /// Every plausible answer to an entry, as `--assume` takes it.
    ///
    /// None where the ledger cannot be read or has no such entry; LedgerTests tells of both.
    static func answers(to name: String) -> [String] {
        let entry = try? Self.load().assumptions.first { $0.name == name }
        return (entry?.answers ?? []).map { "\(name)=\($0.name)" }
    }
}
