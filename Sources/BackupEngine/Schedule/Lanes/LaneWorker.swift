package import BackupDomain

/// What is done with an instance that is due.
package protocol LaneWorker: Sendable {
    /// Does all that is due.
    ///
    /// - Parameter instance: The instance's key.
    func work(on instance: InstanceKey) async

    /// Decides what is due while a run of the instance is under way.
    ///
    /// - Parameter instance: The instance's key.
    func look(at instance: InstanceKey) async
}
