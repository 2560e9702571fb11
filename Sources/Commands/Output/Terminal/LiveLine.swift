import BackupDomain
import BackupEngine
import Foundation

/// The one line that a terminal shows while a run is under way: pure, from what is known to a text.
struct LiveLine: Sendable {
    /// The instance's name.
    var instance: String
    /// How far the run has come.
    var state: RunState
    /// When this state's work began.
    var began: Date
    /// How long a backup of this instance usually takes; nil where no earlier one is known.
    var usual: Duration?
    /// What the run does.
    var kind = RunKind.backup

    /// Writes the line.
    ///
    /// - Parameters:
    ///   - now: The present instant.
    ///   - frame: Counts the drawings, for the spinner.
    ///   - columns: The width of the terminal.
    /// - Returns: The line, cut to the width.
    func text(at now: Date, frame: Int, columns: Int) -> String {
        let spinner = ["⠋", "⠙", "⠸", "⠴", "⠦", "⠇"]
        let elapsed = Duration.seconds(max(0, now.timeIntervalSince(self.began).rounded(.down))).formattedBriefly
        let usual =
            self.usual.map { "usually \($0.formattedBriefly)" }
            ?? (self.kind == .backup ? "usually about 10 min" : "30 min or more")
        let line =
            "\(spinner[frame % spinner.count]) \(self.instance)  \(StateWording.word(for: self.state, of: self.kind))  \(elapsed)"
            + (self.state == .accepted || self.state == .settling ? "  (\(usual))" : "")
        return String(line.prefix(max(10, columns - 1)))
    }
}
