import BackupDomain
import BackupEngine

extension [StatusReader.Line] {
    /// Says once for a container that verdicts rest on records alone, since the identity may not look at the backups.
    ///
    /// - Parameters:
    ///   - place: The container of backups.
    ///   - terminal: Where to say it.
    func noteUnseenBackups(in place: String, _ terminal: Terminal) {
        guard let refusal = self.lazy.compactMap({ $0.look?.refusal }).first else { return }
        terminal.note("Whether the newest backups still lie in \(place) could not be looked at: \(refusal.message)")
    }
}
