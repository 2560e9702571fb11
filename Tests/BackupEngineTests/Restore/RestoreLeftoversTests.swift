import BackupDomain
import BackupEngine
import Foundation
import TestSupport
import Testing

@Suite("What a backup does not hold")
struct RestoreLeftoversTests {
    /// What is left where source and target are alike: what cannot be compared.
    static let always = ["key-vault", "diagnostics", "developer-portal", "analytics"]

    struct Difference: CustomTestStringConvertible {
        var testDescription: String
        var source: JSONValue
        var says: String
    }

    static let differences: [Difference] = [
        Difference(
            testDescription: "hostnames",
            source: RestoreFixture.document([
                "hostnameConfigurations": .array([
                    .object([
                        "hostName": .string("api.contoso.example"), "type": .string("Proxy"),
                        "certificateSource": .string("KeyVault"),
                    ])
                ])
            ]),
            says: "api.contoso.example (Proxy)"
        ),
        Difference(
            testDescription: "ca-certificates",
            source: RestoreFixture.document([
                "certificates": .array([.object(["certificate": .object(["thumbprint": .string("ABCD")])])])
            ]),
            says: "ABCD"
        ),
        Difference(
            testDescription: "network",
            source: RestoreFixture.document(["virtualNetworkType": .string("Internal")]),
            says: "was Internal"
        ),
        Difference(
            testDescription: "identities",
            source: RestoreFixture.document(
                identity: .object(["userAssignedIdentities": .object(["/Subscriptions/s/Writer": .object([:])])])
            ),
            says: "/subscriptions/s/writer"
        ),
        Difference(
            testDescription: "protocols",
            source: RestoreFixture.document(["customProperties": .object(["Tls10": .string("True")])]),
            says: "1 of them"
        ),
    ]

    @Test(arguments: Self.differences)
    func `is told where the source had what the target has not`(_ difference: Difference) throws {
        var fixture = RestoreFixture()
        fixture.sourceDocument = difference.source
        let found = fixture.plan.leftovers
        #expect(Set(found.map(\.topic)) == Set(Self.always + [difference.testDescription]))
        let leftover = try #require(found.first { $0.topic == difference.testDescription })
        #expect(leftover.text.contains(difference.says), "\(leftover.text)")
        #expect(leftover.differs == true)
    }

    @Test func `is only what cannot be compared where both are alike`() {
        #expect(RestoreFixture().plan.leftovers.map(\.topic) == Self.always)
    }

    @Test func `is the whole documented list where nothing was recorded of the source`() {
        var fixture = RestoreFixture()
        fixture.tier = nil
        let topics = ["hostnames", "ca-certificates", "network", "identities", "key-vault", "protocols"]
        #expect(fixture.plan.leftovers.map(\.topic) == topics + Self.always.dropFirst())
    }

    @Test func `comes with a command that makes protocols and ciphers alike`() throws {
        var fixture = RestoreFixture()
        fixture.sourceDocument = RestoreFixture.document(["customProperties": .object(["Tls10": .string("True")])])
        let command = try #require(fixture.plan.leftovers.first { $0.topic == "protocols" }?.command)
        #expect(command.hasSuffix(#"--body '{"properties":{"customProperties":{"Tls10":"True"}}}'"#), "\(command)")
    }

    @Test func `checks of the target after a restore tell what is not as it was`() {
        var before = RestoreFixture.instance(RestoreFixture.target)
        before.document = RestoreFixture.document(identity: .object(["principalId": .string("p")]))
        var record = RunRecord.sample(at: RestoreFixture.now)
        record.instance = RecordedInstance(before)
        record.service = before.document
        let same = RestoreCheck.all(before: record, after: before)
        #expect(same.allSatisfy { $0.isGood })
        var after = before
        after.provisioningState = "Failed"
        after.document = RestoreFixture.document()
        after.units = 2
        let bad = RestoreCheck.all(before: record, after: after).filter { !$0.isGood }
        #expect(bad.map(\.name) == ["state", "tier", "identities"])
    }
}
