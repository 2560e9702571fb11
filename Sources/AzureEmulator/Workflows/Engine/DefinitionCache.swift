import EmulatorRuntime
import EmulatorWorkflows
import Synchronization

/// Definitions that were read, so that each version is read once.
final class DefinitionCache: Sendable {
    private let read = Mutex<[String: WorkflowDefinition]>([:])

    /// The definition of a workflow's version; nil for one that this emulator cannot read, which no version of it took.
    func definition(of workflow: KeptResource) -> WorkflowDefinition? {
        let key = "\(workflow.id.path.lowercased())@\(workflow.computed["version"]?.string ?? "")"
        if let known = self.read.withLock({ $0[key] }) { return known }
        guard let definition = try? WorkflowDefinition(workflow.properties.member("definition") ?? .null) else {
            return nil
        }
        self.read.withLock { read in
            if read.count >= 256 { read = [:] }
            read[key] = definition
        }
        return definition
    }
}
