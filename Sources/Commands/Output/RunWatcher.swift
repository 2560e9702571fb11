import BackupDomain
import BackupEngine
import Foundation
import Synchronization

/// Shows a run as it goes: one live line on a terminal, a plain line per change elsewhere, JSON lines for programs.
final class RunWatcher: RunObserver {
    /// What is shown.
    enum Mode: Sendable {
        /// Nothing.
        case quiet
        /// Plain lines on standard error; waits too where `verbose`.
        case lines(verbose: Bool)
        /// A line that is drawn over, on standard error.
        case live
        /// JSON lines on standard output.
        case json
    }

    private struct State {
        var line: LiveLine?
        var frame = 0
        var isDrawn = false
        /// The run that was last said to be followed.
        var followed: RunID?
    }

    private let mode: Mode
    private let terminal: Terminal
    private let clock: any WallClock
    private let interruption: Interruption
    private let usual: @Sendable (RunRecord) async -> Duration?
    private let state = Mutex(State())

    /// Creates a watcher.
    ///
    /// - Parameters:
    ///   - mode: What is shown.
    ///   - terminal: Where.
    ///   - clock: The time.
    ///   - interruption: Told how far runs have come.
    ///   - usual: Looks up how long backups of an instance usually take; asked once, when Azure has accepted.
    init(
        mode: Mode,
        terminal: Terminal,
        clock: any WallClock,
        interruption: Interruption = Interruption(),
        usual: @escaping @Sendable (RunRecord) async -> Duration?
    ) {
        self.mode = mode
        self.terminal = terminal
        self.clock = clock
        self.interruption = interruption
        self.usual = usual
    }

    func notice(_ notice: RunNotice) async {
        switch notice {
        case .changed(let record):
            self.interruption.note(record)
            await self.changed(record)
        case .reattached(let record):
            self.interruption.note(record)
            self.followed(record)
        case .waiting(let record, let duration):
            if case .lines(verbose: true) = self.mode {
                self.say(record, "next look in \(duration.formattedBriefly)")
            }
        case .catalogUnavailable(let error):
            let remedy = error.remedy.map { " \($0)" } ?? ""
            self.tell("The record cannot go into the catalog container: \(error.message)\(remedy)")
        case .recordWaits(let record, let duration):
            self.tell(
                "The \(record.kind) of \(record.instance.name) has ended; its record is tried again for \(duration.formattedBriefly)."
            )
        case .recordPassedOver(let error):
            self.tell("A damaged record is passed over: \(error.message)")
        case .summaryUnwritten(let error):
            if case .lines(verbose: true) = self.mode {
                self.tell("The instance's summary could not be written; the record is: \(error.message)")
            }
        case .locked(let instance):
            self.tell("Another process holds the lock of \(instance), or died less than a minute ago: waiting for it.")
        case .lockLost(let instance):
            self.tell("The lock of \(instance) was lost; looking whether another process has taken the run over.")
        }
    }

    /// Draws the live line each second.
    func run() async {
        guard case .live = self.mode else { return }
        while !Task.isCancelled {
            self.redraw()
            guard (try? await self.clock.sleep(for: .seconds(1))) != nil else { break }
        }
        self.erase()
    }

    /// Says once that a run is followed: whoever has watched it while another process held its lock, and then takes it over, follows on.
    private func followed(_ record: RunRecord) {
        let isNews = self.state.withLock { state in
            defer { state.followed = record.run }
            return state.followed != record.run
        }
        guard isNews else { return }
        let what = record.kind == .backup ? "run" : "restore"
        self.say(
            record,
            "a \(what) of \(Quantities.minute(record.nominalAt)) UTC has no end on record yet; following it"
        )
    }

    private func changed(_ record: RunRecord) async {
        switch self.mode {
        case .quiet: break
        case .json:
            if let line = RunStateLine(record) { self.terminal.printJSON(line) }
        case .lines:
            guard record.state != .ended else { return }
            self.say(record, StateWording.phrase(for: record))
        case .live:
            let usual = record.state == .accepted ? await self.usual(record) : self.state.withLock { $0.line?.usual }
            let began = record.attempts.last?.intendedAt ?? record.history.first?.at ?? self.clock.now
            self.state.withLock { state in
                state.line =
                    record.state == .ended
                    ? nil
                    : LiveLine(
                        instance: record.instance.name,
                        state: record.state,
                        began: began,
                        usual: usual,
                        kind: record.kind
                    )
            }
            if record.state == .ended { self.erase() } else { self.redraw() }
        }
    }

    private func say(_ record: RunRecord, _ text: String) {
        switch self.mode {
        case .quiet, .json: break
        case .lines: self.terminal.note("\(self.clock.now.wholeSeconds.iso8601)  \(record.instance.name)  \(text)")
        case .live: self.note("\(record.instance.name): \(text)")
        }
    }

    /// Says something that is no change of state, in every mode but quiet.
    private func tell(_ text: String) {
        if case .quiet = self.mode { return }
        self.note(text)
    }

    private func note(_ text: String) {
        self.erase()
        self.terminal.note(text)
    }

    private func redraw() {
        let text = self.state.withLock { state -> String? in
            guard let line = state.line else { return nil }
            state.frame += 1
            state.isDrawn = true
            return line.text(at: self.clock.now, frame: state.frame, columns: self.terminal.abilities.columns)
        }
        if let text { self.terminal.draw("\r\u{1B}[2K\(text)") }
    }

    private func erase() {
        let wasDrawn = self.state.withLock { state in
            defer { state.isDrawn = false }
            return state.isDrawn
        }
        if wasDrawn { self.terminal.draw("\r\u{1B}[2K") }
    }
}
