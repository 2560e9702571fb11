package import BackupDomain
package import FoundationEssentials

extension RunRecord {
    /// A record of one night, for tests of what reads records.
    ///
    /// - Parameters:
    ///   - instance: The instance's name.
    ///   - nominalAt: The night.
    ///   - outcome: How the run ended; nil for one that is under way.
    ///   - bytes: The size of its backup, where it is verified.
    /// - Returns: The record.
    package static func sample(
        of instance: String = "contoso-apim",
        at nominalAt: Date,
        outcome: RunOutcome? = .verified,
        bytes: Int = 614_400
    ) -> RunRecord {
        let id = ResourceID.sample(named: instance)
        let name = "\(instance)-\(nominalAt.compact).apimbackup"
        var record = RunRecord(
            run: RunID(instance: id, nominalAt: nominalAt),
            instance: RecordedInstance(
                Instance(
                    id: id,
                    location: "West Europe",
                    tier: Tier("Developer"),
                    units: 1,
                    provisioningState: "Succeeded",
                    identity: InstanceIdentity(systemPrincipalID: "p"),
                    minimumAPIVersion: nil,
                    document: .object([:])
                )
            ),
            nominalAt: nominalAt,
            trigger: .schedule,
            storage: RecordedStorage(
                account: "contosobackups",
                blobEndpoint: "https://contosobackups.blob.core.windows.net",
                container: "apim-backups",
                catalogContainer: "apim-backups-catalog"
            ),
            access: RecordedAccess(.systemAssignedManagedIdentity),
            azureAPIVersion: "2024-05-01",
            backupNameTemplate: BackupNameTemplate.standard.text,
            plannedAt: nominalAt,
            service: .object([:]),
            program: "apim-backup 0.1.0"
        )
        var attempt = RunAttempt(number: 1, backupName: name, intendedAt: nominalAt + 1, absentAt: nominalAt + 1)
        attempt.submission = .accepted
        record.attempts = [attempt]
        record.state = outcome == nil ? .accepted : .ended
        record.history.append(RunStateChange(state: record.state, at: nominalAt + 600))
        record.outcome = outcome
        if outcome == .verified {
            record.backup = RecordedBackup(
                account: "contosobackups",
                container: "apim-backups",
                name: name,
                properties: BlobProperties(
                    name: name,
                    bytes: bytes,
                    etag: ETag("\"\(nominalAt.compact)\""),
                    createdAt: nominalAt + 540,
                    modifiedAt: nominalAt + 600,
                    contentMD5: nil
                ),
                restorableFrom: nominalAt + 540
            )
        } else if let outcome, outcome != .unverified {
            record.error = BackupError(.backupFailed, "It ended \(outcome.rawValue).")
        }
        return record
    }

    /// Lets the record's backup lie where it says, as it says.
    ///
    /// - Parameter blobs: The blob service that is to hold it.
    /// - Returns: The record, with the blob's version.
    /// - Throws: What the blob service throws.
    package func lying(in blobs: any BlobStorage) async throws -> RunRecord {
        guard let backup = self.backup else { return self }
        var record = self
        record.backup?.etag = try await blobs.write(
            Data(count: backup.bytes ?? 0),
            to: backup.name,
            in: backup.container,
            condition: .always,
            contentType: "application/octet-stream"
        )
        return record
    }
}

extension ResourceID {
    /// The resource id of an instance that is made up.
    ///
    /// - Parameter name: The instance's name.
    /// - Returns: The id.
    package static func sample(named name: String) -> ResourceID {
        let text = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.ApiManagement/service/\(name)"
        guard let id = ResourceID(text) else { preconditionFailure("'\(name)' makes no resource id") }
        return id
    }
}
