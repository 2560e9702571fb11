import ArgumentParser
import BackupDomain
import Deployment
import Foundation
import LocalFiles

/// `apim-backup template`: writes the template that sets everything up.
struct TemplateCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "template",
        abstract: "Write the ARM template that sets up nightly backups, and its parameters file.",
        discussion: """
            Deploy it with: az deployment group create --resource-group GROUP --template-file azuredeploy.json \
            --parameters azuredeploy.parameters.json
            Without --output the template goes to standard output. Files that exist are written again.
            """
    )

    @Option(help: "What runs the backups: logic-app, or container-app-job for our own program.")
    var host: DeploymentHost
    @Option(name: .shortAndLong, help: ArgumentHelp("The folder to write both files to.", valueName: "folder"))
    var output: String?

    func run(in context: CommandContext) async throws -> ExitStatus {
        let template = self.host.template.value.json
        guard let output = self.output else {
            context.terminal.print(String(template.dropLast()))
            return .success
        }
        let folder = URL(filePath: output, directoryHint: .isDirectory)
        let files = [
            ("\(self.host.fileName).json", template),
            ("\(self.host.fileName).parameters.json", self.host.parameters.json),
        ]
        for (name, text) in files {
            do {
                try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
                try Data(text.utf8).write(to: folder.appending(path: name))
            } catch {
                throw BackupError(
                    .fileProblem,
                    "\(folder.appending(path: name).path()) cannot be written: \(FileTrouble.words(error, isInFolder: true))",
                    remedy: "Name a folder that this user may write to with --output."
                )
            }
            context.terminal.print(folder.appending(path: name).path())
        }
        return .success
    }
}

extension DeploymentHost: ExpressibleByArgument {}
