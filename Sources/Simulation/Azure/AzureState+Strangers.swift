import FoundationEssentials

/// What others do in the container of backups.
extension AzureState {
    /// Lets somebody do something.
    mutating func befall(_ event: UpkeepPlan.Event) {
        switch event {
        case .vanish(let choice):
            guard let name = self.backup(choice) else { return }
            self.story.note(self.now, 820, "somebody deletes \(name)")
            self.backups.remove(name, at: self.now, .taken)
        case .replace(let choice, let percent, let isNew):
            guard let name = self.backup(choice), let blob = self.backups.blobs[name] else { return }
            self.story.note(self.now, 821, "somebody writes \(percent) % over \(name)")
            self.backups.put(
                Data(),
                bytes: blob.bytes * percent / 100,
                as: name,
                at: self.now,
                createdAt: isNew ? self.now : blob.createdAt,
                by: .stranger(isBackup: false)
            )
        case .appear(let blob):
            guard self.containers.contains(.backups) else { return }
            let name = blob.name(at: self.now)
            self.story.note(self.now, 822, "somebody puts '\(name)' there")
            self.backups.put(Data(), bytes: 300_000, as: name, at: self.now, by: .stranger(isBackup: blob.isBackup))
        case .protect(let choice, let protection, let length): self.protect(choice, protection, length)
        case .deny(let length):
            self.story.note(self.now, 824, "the identity may not delete for \(length / 60_000) minutes")
            self.undeletableUntil.identity = self.now + length
        case .empty(let length):
            self.story.note(self.now, 825, "the instance is all but empty for \(length / 3_600_000) hours")
            self.emptiedUntil = self.now + length
        }
    }

    /// Lets all that protects or forbids end.
    mutating func release() {
        self.undeletableUntil = (0, 0)
        self.emptiedUntil = 0
        for name in self.backups.names {
            self.backups.protect(name) { blob in
                blob.lease = nil
                blob.immutableUntil = 0
                blob.heldUntil = 0
            }
        }
    }

    private mutating func protect(_ choice: UInt64, _ protection: UpkeepPlan.Protection, _ length: Int64) {
        guard let name = self.backup(choice) else { return }
        self.story.note(self.now, 823, "\(protection) protects \(name) for \(length / 60_000) minutes")
        let until = self.now + length
        switch protection {
        case .lease:
            self.backups.protect(name) { $0.lease = BlobLease(id: "somebody's", seconds: 60, endsAt: until) }
        case .immutability: self.backups.protect(name) { $0.immutableUntil = until }
        case .legalHold: self.backups.protect(name) { $0.heldUntil = until }
        case .containerPolicy: self.undeletableUntil.container = until
        }
    }

    /// One of the blobs that lie there, but none whose run goes on, or its operation: what somebody puts there after the POST nothing
    /// tells from the backup, and what somebody takes away from a backup that never was.
    private func backup(_ choice: UInt64) -> String? {
        let names = self.backups.names.filter { name in
            !self.operations.contains { $0.name == name && $0.endsAt > self.now } && !self.oracle.isOpen(name)
        }
        return names.isEmpty ? nil : names[Int(choice % UInt64(names.count))]
    }
}
