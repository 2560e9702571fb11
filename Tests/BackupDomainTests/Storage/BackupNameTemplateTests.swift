import BackupDomain
import Foundation
import Testing

@Suite("Names of backups")
struct BackupNameTemplateTests {
    static let night = Date(timeIntervalSince1970: 1_795_482_000)

    struct Example: CustomTestStringConvertible {
        var template: String
        var attempt: Int
        var name: String
        var testDescription: String { "\(self.template) #\(self.attempt)" }

        static let all: [Self] = [
            Self(template: "{instance}-{time}.apimbackup", attempt: 1, name: "apim-20261124T010000Z.apimbackup"),
            Self(template: "{instance}-{time}.apimbackup", attempt: 2, name: "apim-20261124T010000Z-2.apimbackup"),
            Self(template: "{date} {time} {instance}", attempt: 1, name: "20261124 20261124T010000Z apim"),
            Self(template: "{instance}{time}", attempt: 3, name: "apim20261124T010000Z-3"),
        ]
    }

    @Test(arguments: Example.all)
    func `are made from a template`(_ example: Example) throws {
        let template = try BackupNameTemplate(example.template)
        #expect(template.name(instance: "apim", nominalAt: Self.night, attempt: example.attempt) == example.name)
    }

    @Test(arguments: Example.all)
    func `are recognised, in any case, and those of others are not`(_ example: Example) throws {
        let template = try BackupNameTemplate(example.template)
        #expect(example.name.hasPrefix(template.prefix(of: "apim")))
        #expect(template.makes(example.name, for: "APIM"))
        #expect(!template.makes(example.name.replacing("apim", with: "apim-eu"), for: "apim"))
        #expect(!template.makes(example.name, for: "other"))
        #expect(!template.makes("apim-yesterday", for: "apim"))
    }

    @Test(arguments: [
        "", "{instance}", "{time}", "nightly-{time}.apimbackup", "{time}/{instance}", "{instance}\\{time}",
        "{instance}{time}{unknown}", "{instance}{time", "{instance}{time}.", "{instance}{time}\u{7}",
        "{instance}{time}ü", "{instance}{time}" + String(repeating: "x", count: 200),
    ])
    func `are refused where the template breaks a rule`(_ text: String) {
        #expect(throws: BackupError(.invalidInput, "")) { try BackupNameTemplate(text) }
    }

    @Test(arguments: [
        ("contoso-apim-20261124T010000Z.apimbackup", "2026-11-24T01:00:00Z"),
        ("20261124T010000Z", "2026-11-24T01:00:00Z"),
        ("T12345678T010000Z-contoso-20261124T010000Z-2.apimbackup", "2026-11-24T01:00:00Z"),
        ("contoso-20261324T010000Z.apimbackup", nil),
        ("contoso-apim-2026-11-24T01:00:00Z", nil),
        ("contoso-apim", nil),
        ("", nil),
    ])
    func `finds the time in a name`(_ name: String, _ expected: String?) {
        #expect(BackupNameTemplate.time(in: name)?.iso8601 == expected)
    }

    @Test func `finds every time in a name, since a template's own text may hold one`() {
        let times = BackupNameTemplate.times(in: "20200101T000000Z-contoso20261124T010000Z-2.bak")
        #expect(times.map(\.iso8601) == ["2020-01-01T00:00:00Z", "2026-11-24T01:00:00Z"])
        #expect(BackupNameTemplate.times(in: "contoso-apim").isEmpty)
    }
}
