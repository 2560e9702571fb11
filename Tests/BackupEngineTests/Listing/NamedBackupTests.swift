import BackupDomain
import BackupEngine
import Foundation
import TestSupport
import Testing

@Suite("The record of a backup that is named")
struct NamedBackupTests {
    static let night = RunFixture.night
    static let templates = [
        "{instance}-{time}.apimbackup", "nightly-{instance}-{time}.bak", "{time} {instance}", "{instance}{time}",
        "20200101T000000Z-{instance}-{time}.bak",
    ]

    let nights: NightsFixture

    init() async throws { self.nights = try await NightsFixture() }

    private func listing(_ blobs: any BlobStorage) -> BackupListing {
        BackupListing(
            blobs: blobs,
            catalog: BlobCatalog(storage: blobs, container: NightsFixture.catalogContainer),
            container: NightsFixture.container
        )
    }

    /// Files the record of a night whose backup has a name of a template, and lets the backup lie there.
    private func file(
        _ template: String = "nightly-{instance}-{time}.bak",
        of instance: String = "Contoso-APIM",
        at time: Date = Self.night
    ) async throws -> RunRecord {
        var record = RunRecord.sample(of: instance, at: time, bytes: 10)
        record.backupNameTemplate = template
        let name = try BackupNameTemplate(template).name(instance: instance, nominalAt: time, attempt: 1)
        record.attempts[0].backupName = name
        record.backup?.name = name
        record = try await record.lying(in: self.nights.blobs)
        _ = try await self.nights.catalog.create(record)
        return record
    }

    @Test(arguments: templates)
    func `is found wherever the template puts the instance's name, by pin and by restore`(
        _ template: String
    ) async throws {
        let record = try await self.file(template)
        _ = try await self.file(template, of: "apim")
        _ = try await self.file(template, of: "fabrikam")
        let name = try #require(record.backup?.name)
        #expect(try await self.listing(self.nights.blobs).record(named: name).run == record.run)
        // What 'pin', 'unpin' and 'restore --backup' without --from go by.
        let found = try await self.nights.source.backup(named: name)
        #expect(found.instance == record.instanceKey)
        #expect(found.name == name)
    }

    @Test(arguments: templates)
    func `is found however many runs came after it`(_ template: String) async throws {
        let old = try await self.file(template, of: "contoso-apim", at: Self.night - 500 * 86_400)
        for day in 0..<410 {
            let later = RunRecord.sample(at: Self.night - Double(day) * 86_400, outcome: .failed)
            _ = try await self.nights.catalog.create(later)
        }
        let found = try await self.nights.source.backup(named: try #require(old.backup?.name))
        #expect(found.instance == old.instanceKey)
    }

    @Test func `is found where the run's id rounds to the next second, and so to the next month`() async throws {
        let asked = Self.night + 6 * 86_400 + 23 * 3600 - 0.0001
        var record = RunRecord.sample(at: asked.wholeSeconds)
        record.run = RunID(of: "contoso-apim", askedOf: "another", at: asked)
        try #require(CatalogPath.record(record.run, of: record.instanceKey).contains("/2026/12/"))
        _ = try await self.nights.catalog.create(record)
        let name = try #require(record.backup?.name)
        #expect(name.contains("20261130T235959Z"))
        #expect(try await self.listing(self.nights.blobs).record(named: name).run == record.run)
    }

    @Test func `is not there for a blob of others, which is told to need no pin`() async throws {
        _ = try await self.file()
        for stranger in [
            "weekly-20261124T010000Z.bak", "nightly-contoso-apim.bak", "nightly-contoso-apim-20261124T010000Z",
        ] {
            try await self.nights.write(stranger, bytes: 10)
            let error = await #expect(throws: BackupError.self) { try await self.nights.source.backup(named: stranger) }
            #expect(error?.code == .notFound, "\(stranger)")
            #expect(error?.remedy?.hasPrefix("It needs no pin: no record of ours names it") == true, "\(stranger)")
        }
    }

    @Test func `may be one that is damaged, and then nobody says that a backup needs no pin`() async throws {
        let record = try await self.file()
        _ = try await self.nights.blobs.write(
            Data("{".utf8),
            to: CatalogPath.record(record.run, of: record.instanceKey),
            in: NightsFixture.catalogContainer,
            condition: .always,
            contentType: "application/json"
        )
        let name = try #require(record.backup?.name)
        let error = await #expect(throws: BackupError.self) { try await self.nights.source.backup(named: name) }
        #expect(error?.code == .notFound)
        #expect(
            error?.remedy?.hasPrefix("The record of the run \(record.run) is damaged") == true,
            "\(error?.remedy ?? "")"
        )
        #expect(error?.remedy?.contains("needs no pin") == false)
    }

    @Test func `costs a few calls among a thousand instances`() async throws {
        let blobs = CountingBlobStorage(try NightlyAccount(instances: 1000, nights: 3650))
        let listing = self.listing(blobs)
        await #expect(throws: BackupError(.notFound, "")) {
            try await listing.record(named: "nightly-apim-00777-20261124T010000Z.bak")
        }
        // The instances, twice, and one month of the only one whose name occurs, with its records.
        #expect(blobs.calls["list"] == 3, "\(blobs.calls)")
        #expect(blobs.total <= 3 + 31, "\(blobs.calls)")
        blobs.reset()
        await #expect(throws: BackupError(.notFound, "")) { try await listing.record(named: "nosuch") }
        #expect(blobs.total == 1, "\(blobs.calls)")
    }
}
