import BackupDomain
import Foundation
import TestSupport
import Testing

@Suite("Notices in words")
struct NoticeTextTests {
    typealias Fixture = WatchFixture

    static func notices(_ rounds: [AlertRound]) -> [Notice] {
        var ledger = IncidentLedger()
        for round in rounds {
            ledger.take(round, rules: AlertRules(), routes: [NoticeRoute(channel: "chat")])
        }
        return ledger.notices
    }

    @Test func `name the one instance in the title, and say what to do`() throws {
        var notice = try #require(
            Self.notices([Fixture.round([Fixture.alert()], at: Fixture.night, isFinal: true)]).first
        )
        notice.error = BackupError(
            .permissionDenied,
            "The identity may not start a backup of contoso-apim.",
            remedy: "Give it the role API Management Service Operator Role.",
            azure: AzureFault(status: 403, code: "AuthorizationFailed", message: "No.", requestID: "11111111-1111")
        )
        #expect(
            NoticeText(notice).plain == """
                Backup failed: contoso-apim

                Something is wrong.

                The identity may not start a backup of contoso-apim. Azure answered 403 AuthorizationFailed: No. (request 11111111-1111)
                What to do: Give it the role API Management Service Operator Role.

                Cause: permissionDenied (contosobackups)
                Noticed: 2026-11-24T01:00:00Z
                Azure's request id: 11111111-1111
                Incident: \(notice.incident?.id ?? "")
                """
        )
    }

    @Test func `of an end say no more than is known, and of whom`() {
        let names = ["contoso-apim", "nosuch-apim", "tailwind-apim"]
        func key(_ name: String) -> InstanceKey { InstanceKey(unresolved: name) }
        var first = Fixture.round([], at: Fixture.night, of: [], isFinal: true)
        for name in names {
            let error = BackupError(.noCredential, "No credential.")
            first.add(unattended: key(name), name: name, storageAccount: Fixture.account, error)
        }
        var second = Fixture.round([], at: Fixture.night + 3600, of: ["contoso-apim"], isFinal: true)
        let missing = BackupError(.instanceNotFound, "There is none.")
        second.add(unattended: key("nosuch-apim"), name: "nosuch-apim", storageAccount: Fixture.account, missing)
        // Two are found now, one of which has a tier without backups.
        let tier = BackupError(.tierUnsupported, "It has no backups.")
        let tailwind = ResourceID.sample(named: "tailwind-apim")
        second.add(unattended: InstanceKey(tailwind), name: "tailwind-apim", storageAccount: Fixture.account, tier)
        second.add(nickname: key("contoso-apim"), of: .sample(named: "contoso-apim"))
        second.add(nickname: key("tailwind-apim"), of: tailwind)
        #expect(
            Self.notices([first, second]).map { NoticeText($0).title }.sorted() == [
                "Backup failed: 3 instances", "Backup failed: nosuch-apim", "Backup failed: tailwind-apim",
                "Recovered: contoso-apim can be looked after again",
            ]
        )
    }

    @Test func `count an instance once whose id became known while the same was wrong with it`() {
        let error = BackupError(.noCredential, "No credential.")
        let id = ResourceID.sample(named: "contoso-apim")
        func round(_ hours: Double, _ key: InstanceKey) -> AlertRound {
            var round = Fixture.round([], at: Fixture.night + hours * 3600, of: [], isFinal: true)
            round.add(unattended: key, name: "contoso-apim", storageAccount: Fixture.account, error)
            return round
        }
        let nickname = InstanceKey(unresolved: "contoso-apim")
        var known = [1.0, 3].map { round($0, InstanceKey(id)) } + [Fixture.round([], at: Fixture.night + 4 * 3600)]
        for index in known.indices { known[index].add(nickname: nickname, of: id) }
        #expect(
            Self.notices([round(0, nickname)] + known).map { NoticeText($0).title } == [
                "Backup failed: contoso-apim", "Recovered: contoso-apim can be looked after again",
            ]
        )
    }

    @Test func `name the first of many instances, and count the others`() {
        let names = (10..<50).map { "apim-\($0)" }
        let notices = Self.notices([
            Fixture.round(names.map { Fixture.alert(.missed, $0) }, at: Fixture.night, isFinal: true),
            Fixture.round(names.map { Fixture.alert(.missed, $0) }, at: Fixture.night + Fixture.day),
            Fixture.round([], at: Fixture.night + 2 * Fixture.day, of: names),
        ])
        let texts = notices.map(NoticeText.init)
        #expect(
            texts.map(\.title) == [
                "Backup missed: 40 instances", "Still so. Backup missed: 40 instances",
                "Recovered: 40 instances have a verified backup again",
            ]
        )
        #expect(texts[0].lines.count == 2)
        #expect(texts[0].lines.first == "Something is wrong.")
        #expect(texts[0].lines.last?.hasPrefix("apim-10, apim-11, ") == true)
        #expect(texts[0].lines.last?.hasSuffix("apim-29, and 20 more") == true)
        #expect(texts.map(\.severity) == [.critical, .critical, .resolved])
    }

    @Test func `tell what is different from instance to instance`() throws {
        var alerts = ["a", "b"].map { Fixture.alert(.missed, $0) }
        alerts[1].text = "Something else is wrong."
        let notice = try #require(Self.notices([Fixture.round(alerts, at: Fixture.night, isFinal: true)]).first)
        #expect(NoticeText(notice).lines == ["a: Something is wrong.", "b: Something else is wrong."])
    }

    @Test func `show no secret that a failure quotes`() throws {
        var notice = try #require(
            Self.notices([Fixture.round([Fixture.alert()], at: Fixture.night, isFinal: true)]).first
        )
        notice.error = BackupError(.azureError, "It said sig=c2VjcmV0 of https://a/b?sv=1&sig=c2VjcmV0.")
        #expect(!NoticeText(notice).plain.contains("c2VjcmV0"))
    }
}
