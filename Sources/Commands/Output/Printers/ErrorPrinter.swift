import BackupDomain

/// An error in words, on standard error.
struct ErrorPrinter {
    let terminal: Terminal

    /// Prints what happened, what Azure said and what to do.
    ///
    /// - Parameter error: The error.
    func print(_ error: BackupError) {
        let label = Style.bad.apply("error", isOn: self.terminal.abilities.colorsErrors)
        self.terminal.note("\(label): \(error.message)")
        if let azure = error.azure {
            self.terminal.note("  Azure: \(azure)")
        }
        if let remedy = error.remedy { self.terminal.note("  What to do: \(remedy)") }
    }
}
