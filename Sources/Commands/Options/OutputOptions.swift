import ArgumentParser

/// How results are shown.
struct OutputOptions: ParsableArguments {
    @Option(help: "table or json; what is printed as JSON only grows from release to release.")
    var format: OutputFormat = .table

    @Flag(name: .shortAndLong, help: "Print ids only.")
    var quiet = false

    @Flag(name: .shortAndLong, help: "Say more of what goes on.")
    var verbose = false

    func validate() throws {
        if self.quiet && self.verbose { throw ValidationError("--quiet and --verbose exclude each other.") }
    }
}
