import ArgumentParser

@testable import Commands

/// The reference of all commands, as Markdown: docs/cli.md is this text.
enum CommandReference {
    /// All commands that do something, in the order of the help.
    static var commands: [[String]] { Self.commands(of: ApimBackup.self, [], hasName: false) }

    private static func commands(
        of type: any ParsableCommand.Type,
        _ path: [String],
        hasName: Bool = true
    ) -> [[String]] {
        let path = path + (hasName ? [type.configuration.commandName ?? "?"] : [])
        let children = type.configuration.subcommands
        return children.isEmpty ? [path] : children.flatMap { Self.commands(of: $0, path) }
    }

    /// The page.
    static func markdown() async -> String {
        var lines = [
            "# Commands", "",
            "Each command's own help, as `apim-backup COMMAND --help` prints it; a test writes this page and holds it to the "
                + "program.",
            "Exit codes: [README.md](../README.md#what-you-should-know-of-run). Settings in place of options: "
                + "[settings.md](settings.md).", "",
        ]
        lines += Self.commands.map { command in
            let name = command.joined(separator: " ")
            return "* [`\(name)`](#\(command.joined(separator: "-")))"
        }
        for command in Self.commands {
            let capture = Capture()
            _ = await capture.run(command + ["--help"])
            let help = capture.output.split(separator: "\n", omittingEmptySubsequences: false)
                .map { String($0.reversed().drop { $0 == " " }.reversed()) }
            lines +=
                ["", "## \(command.joined(separator: " "))", "", "```text"]
                + help.drop { $0.isEmpty }
                .reversed().drop { $0.isEmpty }.reversed() + ["```"]
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
