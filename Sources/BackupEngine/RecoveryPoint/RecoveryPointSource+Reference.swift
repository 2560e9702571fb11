package import BackupDomain

extension RecoveryPointSource {
    /// Finds the backup that a person means.
    ///
    /// - Parameter reference: A backup's name, a run's id, or an instance's name (its newest run).
    /// - Returns: The instance's key and the blob's name.
    /// - Throws: ``BackupDomain/BackupError`` with code `notFound` where there is none, or where nobody can tell whose it is.
    package func backup(named reference: String) async throws -> (instance: InstanceKey, name: String) {
        let listing = BackupListing(blobs: self.blobs, catalog: self.catalog, container: self.container)
        do {
            let record = try await listing.record(named: reference)
            let isNamed = record.attempts.contains { $0.backupName == reference }
            if let name = isNamed ? reference : record.backup?.name { return (record.instanceKey, name) }
            throw BackupError(.notFound, "The run \(record.run) of \(record.instance.name) made no backup.")
        } catch let error as BackupError where error.code == .notFound {
            guard RunID(text: reference) == nil,
                case .present = try await self.blobs.properties(of: reference, in: self.container)
            else { throw error }
        }
        guard let found = try await self.attribution(of: reference) else {
            throw BackupError(
                .notFound,
                "Nobody can tell by its name which instance '\(reference)' is a backup of.",
                remedy: Self.needOfPin(try await listing.naming(reference).damaged)
            )
        }
        return (found.instance, reference)
    }

    /// What to do about a blob that no record that can be read names.
    private static func needOfPin(_ damaged: [RunID]) -> String {
        guard let run = damaged.first else {
            return "It needs no pin: no record of ours names it, and what none names is never deleted."
        }
        return
            "The record of the run \(run) is damaged, and may be the one that names it: bring an earlier version of that "
            + "record back, and name the backup again."
    }

    /// Reads what is known of one blob that no record names.
    ///
    /// - Parameter name: The blob's name.
    /// - Returns: The recovery point with what the catalog says of it; nil where there is no such blob.
    /// - Throws: ``BackupDomain/BackupError``
    package func adopted(named name: String) async throws -> RecoveryPoint? {
        guard case .present(let blob) = try await self.blobs.properties(of: name, in: self.container) else {
            return nil
        }
        let attribution = try await self.attribution(of: name)
        var point = RecoveryPoint(adopted: blob, attribution, in: self.container)
        guard let instance = attribution?.instance else { return point }
        let known = try await self.documents(about: name, in: self.container, of: instance)
        point.verification = known.verification
        point.pin = known.pin
        point.deletion = known.deletion
        return point
    }

    /// Reads what the catalog's documents say of one backup.
    ///
    /// - Parameters:
    ///   - name: The blob's name.
    ///   - container: The container of the blob.
    ///   - instance: The instance's key.
    /// - Returns: What checks have shown, the pin that holds, and what `prune` did.
    /// - Throws: ``BackupDomain/BackupError``
    package func documents(
        about name: String,
        in container: String,
        of instance: InstanceKey
    ) async throws -> BackupDocuments {
        let file = "\(CatalogPath.digest(name, in: container)).json"
        let verification = try await self.documents.read(
            BackupVerification.self,
            at: CatalogPath.verifications(of: instance) + file
        )
        let pins = try await self.documents.read(BackupPins.self, at: CatalogPath.pins(of: instance) + file)
        let deletions = try await self.documents.read(BackupDeletions.self, at: CatalogPath.prunes(of: instance) + file)
        return BackupDocuments(
            verification: verification?.document,
            pin: pins?.document.current,
            deletion: deletions?.document.explanation
        )
    }

    /// Tells which instance a blob belongs to by its name: one that has records, or that Azure lists.
    private func attribution(of blob: String) async throws -> BlobAttribution? {
        let recorded = try await self.catalog.instances()
        let others = try await self.candidates.needed(
            for: [blob],
            knowing: Set(recorded.map(\.instanceName)),
            isSought: false
        )
        let names = Set(recorded.map(\.instanceName))
        let candidates = others.ids.map { InstanceKey($0) }.filter { !names.contains($0.instanceName) }
        return BlobAttribution(blob: blob, among: Set(recorded + candidates).sorted())
    }
}
