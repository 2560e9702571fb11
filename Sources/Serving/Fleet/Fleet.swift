/// What looks after the instances of one state of the settings.
package protocol Fleet: Sendable {
    /// Looks after the instances until ``retire()`` is called, and then until what was begun has come to its end.
    ///
    /// - Parameter opened: Called once it is at work.
    /// - Throws: ``BackupDomain/BackupError`` where the work cannot begin.
    func run(opened: @escaping @Sendable () -> Void) async throws

    /// Begins nothing any more.
    func retire()
}
