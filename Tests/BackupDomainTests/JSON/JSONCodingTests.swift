import BackupDomain
import Foundation
import Testing

@Suite("JSON")
struct JSONCodingTests {
    @Test(arguments: [
        #"{"a":[1,2.5,true,null,"x/y"],"b":{"c":9007199254740993}}"#, #"[]"#, #""text""#, #"-1"#,
        #"{"zones":null}"#,
    ])
    func `documents keep their values`(_ text: String) throws {
        let value = try JSONDecoder.stable().decode(JSONValue.self, from: Data(text.utf8))
        let written = String(decoding: try JSONEncoder.stable().encode(value), as: UTF8.self)
        #expect(written == text)
    }

    struct Instant: CustomTestStringConvertible {
        var read: String
        var written: String?
        var testDescription: String { self.read }

        static let all: [Self] = [
            Self(read: "2026-11-24T01:00:00Z", written: "2026-11-24T01:00:00Z"),
            Self(read: "2026-11-24T01:00:00.25Z", written: "2026-11-24T01:00:00.250Z"),
            Self(read: "2023-07-19T22:47:38.3329125Z", written: "2023-07-19T22:47:38.333Z"),
            Self(read: "2026-11-24T02:00:00+01:00", written: "2026-11-24T01:00:00Z"),
            Self(read: "2026-11-24T01:00:00", written: nil),
            Self(read: "yesterday", written: nil),
        ]
    }

    @Test(arguments: Instant.all)
    func `instants are read with a zone and written in UTC`(_ instant: Instant) {
        #expect(Date(iso8601: instant.read)?.iso8601 == instant.written)
    }
}
