import Foundation

/// What happens when the time of a creation, recovery, deletion or purge has come; none of them fails here.
///
/// Blobs are left alone: what an instance backed up outlives it.
struct LifecycleEnd {
    let operation: ServiceOperation
    let state: CloudState
    /// How long a deleted instance is kept, in seconds of the emulator's clock.
    let kept: TimeInterval

    /// The changes to the state.
    func changes() -> [CloudChange] {
        var ended = self.operation
        ended.outcome = .succeeded
        switch self.operation.kind {
        case .purge: return [.instancePurged(self.operation.instance), .operation(ended)]
        case .deletion:
            // Where a crash came between the two changes, the instance is gone already.
            guard let instance = self.state.instances[self.operation.instance] else { return [.operation(ended)] }
            let deleted = DeletedInstance(
                instance: instance,
                deletedAt: self.operation.endsAt,
                purgesAt: self.operation.endsAt.addingTimeInterval(self.kept)
            )
            return [.instanceDeleted(deleted), .operation(ended)]
        case .creation, .recovery, .backup, .restore:
            guard var instance = self.state.instances[self.operation.instance] else { return [.operation(ended)] }
            instance.revision += 1
            instance.changedAt = self.operation.endsAt
            return [.instance(instance), .operation(ended)]
        }
    }
}
