import BackupDomain
import Foundation
import Testing

@Suite("Names that are not there", .timeLimit(.minutes(2)))
struct UnknownNameTests {
    static let account = ["--storage-account", "contosobackups"]

    struct Command: CustomTestStringConvertible {
        var arguments: [String]
        var says: String
        var testDescription: String { self.arguments.joined(separator: " ") }
    }

    static let commands: [Command] = [
        Command(arguments: ["run", "NAME"], says: "'nosuch'"),
        Command(arguments: ["show", "NAME"], says: "no run 'nosuch'"),
        Command(arguments: ["status", "NAME"], says: "No instance 'nosuch'"),
        Command(arguments: ["verify", "NAME"], says: "No instance 'nosuch'"),
        Command(arguments: ["prune", "NAME"], says: "No instance 'nosuch'"),
        Command(arguments: ["pin", "NAME", "--reason", "x"], says: "no run 'nosuch'"),
        Command(arguments: ["unpin", "NAME"], says: "no run 'nosuch'"),
        Command(arguments: ["acknowledge", "NAME", "--reason", "x"], says: "No instance 'nosuch'"),
        Command(arguments: ["pause", "NAME", "--until", "2099-01-01T00:00:00Z"], says: "'nosuch'"),
        Command(arguments: ["resume-schedule", "NAME"], says: "'nosuch'"),
        Command(arguments: ["schedule", "history", "NAME"], says: "'nosuch'"),
        Command(arguments: ["resume", "NAME"], says: "No instance 'nosuch'"),
        Command(arguments: ["lock", "status", "NAME"], says: "No instance 'nosuch'"),
        Command(arguments: ["lock", "break", "NAME"], says: "No instance 'nosuch'"),
        Command(arguments: ["log", "NAME"], says: "'nosuch'"),
        Command(arguments: ["support-bundle", "NAME"], says: "no run 'nosuch'"),
        Command(arguments: ["config", "show", "NAME"], says: "The settings list no instance 'nosuch'"),
    ]

    @Test func `every command that is about a named thing exits with 4 where it is not there`() async throws {
        try await LocalAzure.with { azure in
            for command in Self.commands {
                let arguments = command.arguments.map { $0 == "NAME" ? "nosuch" : $0 }
                let end = await azure.run(arguments + Self.account)
                #expect(end.code == 4, "\(command): \(end.everything)")
                #expect(end.errors.contains(command.says), "\(command): \(end.everything)")
            }
            // A filter, not a name.
            let list = await azure.run(["list", "nosuch", "--format", "json"] + Self.account)
            #expect(list.code == 0 && list.document?.array?.isEmpty == true, "\(list.everything)")
        }
    }

    @Test func `an empty name is refused with its rule`() async throws {
        try await LocalAzure.with { azure in
            let options = [
                ["restore", "--to", "NAME"], ["restore", "--from", "NAME", "--to", "contoso-apim"],
                ["drill", "--from", "NAME", "--to", "contoso-standby"],
                ["drill", "--from", "contoso-apim", "--to", "NAME"],
                ["find", "api", "orders", "--instance", "NAME"], ["diff", "latest", "live", "--instance", "NAME"],
                ["field-test", "--instance", "NAME"],
                ["field-test", "--instance", "contoso-apim", "--restore-to", "NAME", "--confirm", "x"],
            ]
            for command in Self.commands + options.map({ Command(arguments: $0, says: "") }) {
                for name in ["", " "] {
                    let end = await azure.run(command.arguments.map { $0 == "NAME" ? name : $0 } + Self.account)
                    #expect(end.code == 64, "\(command): \(end.everything)")
                    #expect(end.errors.contains("A name has at least one character."), "\(command): \(end.everything)")
                }
            }
            let undeploy = await azure.run("undeploy", "--apim-name", "")
            #expect(undeploy.code == 64 && undeploy.errors.contains("A name has at least"), "\(undeploy.everything)")
        }
    }
}
