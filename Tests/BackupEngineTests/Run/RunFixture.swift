import BackupDomain
import BackupEngine
import Foundation
import Testing

/// A run of one night to drive by hand: events in, steps out, on a clock that the test turns.
struct RunFixture {
    static let instanceID =
        "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-apim/providers"
        + "/Microsoft.ApiManagement/service/contoso-apim"
    static let night = Date(timeIntervalSince1970: 1_795_482_000)
    static let location = "https://management.azure.com\(Self.instanceID)/operationresults/abc==?api-version=2024-05-01"

    var run: Run
    var now = Self.night

    init(limits: RunLimits = RunLimits()) throws {
        self.run = Run(try Self.record(), limits: limits)
    }

    static func instance(
        tier: String = "Developer",
        state: String = "Succeeded",
        identity: InstanceIdentity = InstanceIdentity(systemPrincipalID: "11111111-1111-1111-1111-111111111111"),
        minimumAPIVersion: String? = nil
    ) throws -> Instance {
        Instance(
            id: try #require(ResourceID(Self.instanceID)),
            location: "West Europe",
            tier: Tier(tier),
            units: 1,
            provisioningState: state,
            identity: identity,
            minimumAPIVersion: minimumAPIVersion,
            document: .object(["name": .string("contoso-apim")])
        )
    }

    static func record() throws -> RunRecord {
        let instance = try Self.instance()
        return RunRecord(
            run: RunID(instance: instance.id, nominalAt: Self.night),
            instance: RecordedInstance(instance),
            nominalAt: Self.night,
            trigger: .manual,
            storage: RecordedStorage(
                account: "contosobackups",
                blobEndpoint: "https://contosobackups.blob.core.windows.net",
                container: "apim-backups",
                catalogContainer: "apim-backups-catalog"
            ),
            access: RecordedAccess(.systemAssignedManagedIdentity),
            azureAPIVersion: "2024-05-01",
            backupNameTemplate: BackupNameTemplate.standard.text,
            plannedAt: Self.night,
            service: instance.document,
            program: "apim-backup test"
        )
    }

    static func blob(_ name: String, bytes: Int = 1000, createdAt: Date = Self.night + 600) -> BlobObservation {
        .present(
            BlobProperties(
                name: name,
                bytes: bytes,
                etag: ETag("\"0x1\""),
                createdAt: createdAt,
                modifiedAt: createdAt,
                contentMD5: nil
            )
        )
    }

    mutating func feed(_ events: RunEvent..., after seconds: TimeInterval = 0) {
        self.now += seconds
        for event in events { self.run.handle(event, at: self.now) }
    }

    /// Looks every minute at an idle instance, for so many seconds.
    mutating func seeIdle(for seconds: Int, _ blob: BlobObservation = .absent(date: nil)) {
        for _ in 0...seconds / 60 { self.feed(.looked(instance: .success(false), blob: .success(blob)), after: 60) }
    }

    /// Brings the run to where Azure has accepted.
    mutating func accept(retryAfter: Duration? = .seconds(60)) {
        self.feed(
            .nameChecked(.success(.absent(date: Self.night))),
            .posted(
                ManagementAnswer(
                    status: 202,
                    date: Self.night,
                    retryAfter: retryAfter,
                    location: Self.location,
                    requestID: "r1"
                )
            )
        )
    }

    var step: RunStep { self.run.nextStep(at: self.now) }
    var name: String { "contoso-apim-20261124T010000Z.apimbackup" }
}
