import BackupDomain
import Foundation
import Testing

@testable import Scheduling

@Suite("Time zones from files")
struct ZoneFilesTests {
    static func zones(_ data: Data, named name: String = "Test/Zone") -> ZoneFiles {
        ZoneFiles(
            folder: "/zones",
            files: FileSource { path, _ in
                guard path == "/zones/\(name)" else { throw CocoaError(.fileReadNoSuchFile) }
                return data
            }
        )
    }

    static func rules(_ builder: ZoneFileBuilder) throws -> TimeZoneRules {
        try zones(builder.data).rules(named: "Test/Zone")
    }

    @Test(arguments: ["1", "2", "3", "4"] as [Unicode.Scalar])
    func `are read in all versions`(_ version: Unicode.Scalar) throws {
        let rules = try Self.rules(ZoneFileBuilder(version: version))
        #expect(rules.name == "Test/Zone")
        #expect(rules.offset(at: -1) == 3600)
        #expect(rules.offset(at: 0) == 7200)
        #expect(rules.offset(at: 1_000_000_000) == 3600)
        // July 2100: only the footer tells, and the first version has none.
        #expect(rules.offset(at: 4_118_083_200) == (version == "1" ? 3600 : 7200))
    }

    struct Footer: CustomTestStringConvertible {
        var text: String
        /// The offsets in January and July 2040, in minutes.
        var january: Int
        var july: Int
        var testDescription: String { self.text }

        static let all: [Self] = [
            Self(text: "", january: 60, july: 60),
            Self(text: "CET-1", january: 60, july: 60),
            Self(text: "CET-1CEST,M3.5.0,M10.5.0/3", january: 60, july: 120),
            Self(text: "EST5EDT,M3.2.0,M11.1.0", january: -300, july: -240),
            Self(text: "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", january: 660, july: 630),
            Self(text: "IST-1GMT0,M10.5.0,M3.5.0/1", january: 0, july: 60),
            Self(text: "<-02>2<-01>,M3.5.0/-1,M10.5.0/0", january: -120, july: -60),
            Self(text: "EET-2EEST,M3.4.4/50,M10.4.4/50", january: 120, july: 180),
            Self(text: "EST5EDT,0/0,J365/25", january: -240, july: -240),
            Self(text: "AAA-1:30:36BBB,J60,300/2:30:15", january: 90, july: 150),
        ]
    }

    @Test(arguments: Footer.all)
    func `go on for ever by their footer`(_ footer: Footer) throws {
        var builder = ZoneFileBuilder()
        builder.footer = footer.text
        let rules = try Self.rules(builder)
        #expect(rules.offset(at: 2_209_507_200) / 60 == footer.january)
        #expect(rules.offset(at: 2_225_232_000) / 60 == footer.july)
    }

    @Test func `without a change are what their footer says`() throws {
        var builder = ZoneFileBuilder(times: [], kinds: [], offsets: [0])
        builder.footer = "<+0530>-5:30"
        #expect(try Self.rules(builder).offset(at: 0) == 19_800)
    }

    @Test func `of universal time need no file`() throws {
        let nothing = ZoneFiles(folder: "/zones", files: FileSource { _, _ in throw CocoaError(.fileReadNoSuchFile) })
        #expect(try nothing.rules(named: "UTC") == .utc)
        #expect(try nothing.rules(named: "Etc/UTC") == .utc)
    }

    struct Defect: CustomTestStringConvertible {
        var testDescription: String
        var data: Data
        var says: String

        private static func builder(_ change: (inout ZoneFileBuilder) -> Void) -> Data {
            var builder = ZoneFileBuilder()
            change(&builder)
            return builder.data
        }

        private static func patched(_ offset: Int, _ bytes: [UInt8]) -> Data {
            // The first version has no second header: offsets are those of RFC 9636.
            var data = ZoneFileBuilder(version: "1").data
            data.replaceSubrange(offset..<offset + bytes.count, with: bytes)
            return data
        }

        static let all: [Self] =
            [
                Self(testDescription: "empty", data: Data(), says: "ends too early"),
                Self(
                    testDescription: "text",
                    data: Data("Europe/Berlin is elsewhere".utf8),
                    says: "does not begin with TZif"
                ),
                Self(testDescription: "cut", data: ZoneFileBuilder().data.prefix(120), says: "ends too early"),
                Self(testDescription: "without a footer", data: builder { $0.footer = nil }, says: "ends too early"),
                Self(
                    testDescription: "with half a footer",
                    data: ZoneFileBuilder().data.dropLast(),
                    says: "footer is damaged"
                ),
                Self(
                    testDescription: "of version 9",
                    data: builder { $0.version = "9" },
                    says: "version that is not known"
                ),
                Self(testDescription: "out of order", data: builder { $0.times = [5, 5] }, says: "not in order"),
                Self(
                    testDescription: "with an unknown kind",
                    data: builder { $0.kinds = [1, 2] },
                    says: "no kind of local time"
                ),
                Self(
                    testDescription: "with an absurd offset",
                    data: builder { $0.offsets[1] = 99_999 },
                    says: "99999 seconds"
                ),
                Self(testDescription: "with leap seconds", data: builder { $0.leapSeconds = 27 }, says: "leap seconds"),
                Self(
                    testDescription: "with too many changes",
                    data: patched(32, [0x7f, 0, 0, 0]),
                    says: "impossible numbers"
                ),
                Self(
                    testDescription: "with negative counts",
                    data: patched(32, [0xff, 0, 0, 0]),
                    says: "impossible numbers"
                ),
                Self(testDescription: "without a kind", data: patched(36, [0, 0, 0, 0]), says: "impossible numbers"),
            ]
            + [
                "CET", "C-1", "CET-25", "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0",
                "CET-1CEST,M3.6.0,M10.5.0",
                "CET-1CEST,M3.5.7,M10.5.0", "CET-1CEST,J0,J365", "CET-1CEST,M3.5.0/168,M10.5.0", "CET-1CEST,366,1",
                "<+01-1",
                "CET-1CEST,M3.5.0,M10.5.0/3 ", "CET-1:60",
            ].map { footer in
                Self(testDescription: footer, data: builder { $0.footer = footer }, says: "footer '\(footer)'")
            }
    }

    @Test(arguments: Defect.all)
    func `that are damaged are refused with the reason`(_ defect: Defect) {
        let error = #expect(throws: BackupError.self) { try Self.zones(defect.data).rules(named: "Test/Zone") }
        #expect(error?.code == .fileProblem)
        #expect(error?.message.contains("/zones/Test/Zone") == true)
        #expect(error?.message.contains(defect.says) == true, "\(String(describing: error))")
    }

    @Test func `cut at any byte are refused, and never read beyond their end`() {
        let whole = ZoneFileBuilder().data
        for length in 0..<whole.count {
            #expect(throws: BackupError.self) { try Self.zones(whole.prefix(length)).rules(named: "Test/Zone") }
        }
    }

    @Test(arguments: [
        "", "/etc/passwd", "../zoneinfo/UTC", "Europe/../Berlin", "Europe//Berlin", "Europe/Berlin/", "a/b/c/d/e", ".",
        "Å",
        "Europe/Ber lin", "UTC\n", String(repeating: "a", count: 65), "W. Europe Standard Time",
    ])
    func `are found by safe names only`(_ name: String) {
        let asked = ZoneFiles(
            folder: "/zones",
            files: FileSource { _, _ in
                Issue.record("a file was read for '\(name)'")
                return Data()
            }
        )
        let error = #expect(throws: BackupError.self) { try asked.rules(named: name) }
        #expect(error?.code == .invalidInput)
        if name.hasSuffix("Standard Time") { #expect(error?.remedy?.contains("Windows") == true) }
    }

    @Test func `that are unknown are told from a machine without zones`() {
        let error = #expect(throws: BackupError.self) {
            try Self.zones(ZoneFileBuilder().data, named: "Etc/UTC").rules(named: "europe/berlin")
        }
        #expect(error?.code == .invalidInput)
        #expect(error?.remedy?.contains("capitals") == true)
        let bare = #expect(throws: BackupError.self) {
            try ZoneFiles(folder: nil, files: FileSource { _, _ in throw CocoaError(.fileReadNoSuchFile) })
                .rules(named: "Europe/Berlin")
        }
        #expect(bare?.remedy?.contains("tzdata") == true)
        #expect(bare?.message.contains("/usr/share/zoneinfo") == true)
    }

    @Test func `that may not be read are named`() {
        let error = #expect(throws: BackupError.self) {
            try ZoneFiles(folder: "/zones", files: FileSource { _, _ in throw CocoaError(.fileReadNoPermission) })
                .rules(named: "Europe/Berlin")
        }
        #expect(error?.code == .fileProblem)
        #expect(error?.message.contains("/zones/Europe/Berlin") == true)
    }
}
