/// A way to reach people: a webhook, a chat, a mailbox, a command.
///
/// Implementations repeat what may be repeated within a few minutes and hold everything to a deadline. What is thrown is a
/// ``BackupError`` that names the channel and never its secrets.
package protocol NoticeChannel: Sendable {
    /// The channel's name, as settings and `status` have it.
    var name: String { get }

    /// Sends a notice.
    ///
    /// - Parameter notice: The notice; its id is the same when it is sent again.
    /// - Throws: ``BackupError`` where the channel did not take it.
    func send(_ notice: Notice) async throws
}
