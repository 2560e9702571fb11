import EmulatorExpressions
import EmulatorRuntime
import Foundation

/// The functions that a workflow may call at one place of one run.
///
/// Source: "Reference guide to workflow expression functions in Azure Logic Apps".
struct WorkflowVocabulary: ExpressionVocabulary {
    let dialect = ExpressionDialect.workflow
    let definition: WorkflowDefinition
    let run: WorkflowRun
    let scene: WorkflowScene
    /// The loops that the place is in, the outermost first, and the iteration of each.
    let loops: [LoopPosition]
    /// The element of a `Query` or `Select`, where the place is in one.
    var element: JSON?

    func function(named name: String) -> ExpressionFunction? { WorkflowFunctions.all[name] }

    func special(
        _ name: String,
        _ arguments: [ExpressionTree],
        in evaluator: ExpressionEvaluator
    ) throws(ExpressionFailure) -> JSON? {
        if let value = try self.time(name, arguments, evaluator) { return value }
        switch (name, arguments.count) {
        case ("parameters", 1):
            let name = try evaluator.string(of: arguments[0], for: name)
            if let value = self.scene.parameters.member(name) { return value }
            throw ExpressionFailure("The workflow parameter '\(name)' is not found.")
        case ("variables", 1):
            let name = try evaluator.string(of: arguments[0], for: name)
            if let variable = self.run.head.variables[name.lowercased()] { return variable.value }
            throw ExpressionFailure("The variable '\(name)' is not initialized.")
        case ("outputs", 1), ("actionoutputs", 1), ("body", 1), ("actionbody", 1), ("actions", 1), ("result", 1),
            ("items", 1), ("iterationindexes", 1):
            return try self.action(name, try evaluator.string(of: arguments[0], for: name))
        case ("action", 0), ("outputs", 0), ("body", 0): throw Self.unexpected(name)
        case ("item", 0): return try self.item()
        case ("trigger", 0): return self.run.head.trigger.json
        case ("triggeroutputs", 0): return self.run.head.trigger.outputs
        case ("triggerbody", 0): return self.run.head.trigger.outputs.member("body") ?? .null
        case ("workflow", 0):
            var workflow = self.scene.workflow
            let id = "\(workflow.member("id")?.string ?? "")/runs/\(self.run.head.id)"
            workflow["run"] = [
                "id": .string(id), "name": .string(self.run.head.id), "type": "Microsoft.Logic/workflows/runs",
            ]
            return workflow
        case ("guid", 0): return .string(self.scene.identifier())
        default: return nil
        }
    }

    private static func unexpected(_ name: String) -> ExpressionFailure {
        ExpressionFailure(
            "The template function '\(name)' is not expected at this location. Please see "
                + "https://aka.ms/logicexpressions for usage details."
        )
    }

    private func action(_ function: String, _ name: String) throws(ExpressionFailure) -> JSON {
        guard let place = self.definition.places[name.lowercased()] else {
            throw ExpressionFailure("The action '\(name)' is not defined in the template.")
        }
        if function == "items" { return try self.item(of: place.action.name) }
        if function == "iterationindexes" {
            let position = self.loops.last { $0.loop.lowercased() == name.lowercased() }
            if let position { return .integer(position.index) }
            throw Self.unexpected("iterationIndexes")
        }
        let record = self.record(of: place)
        switch function {
        case "actions": return record.map { $0.json(as: place.action.name) } ?? .null
        case "result": return .array(self.results(of: place))
        case "body", "actionbody": return record?.outputs?.member("body") ?? .null
        default: return record?.outputs ?? .null
        }
    }

    /// What is known of an action here: within a loop that this place is in too, of the same iteration; within one that is
    /// over, of the last.
    private func record(of place: ActionPlace) -> ActionRecord? {
        guard let path = self.path(to: place) else { return nil }
        return self.run.records[ActionKey(name: place.action.name, path: path)]
    }

    private func path(to place: ActionPlace) -> [Int]? {
        var path: [Int] = []
        for (depth, loop) in place.loops.enumerated() {
            if depth < self.loops.count, self.loops[depth].loop == loop {
                path.append(self.loops[depth].index)
            } else {
                let record = self.run.records[ActionKey(name: loop, path: path)]
                guard let count = record?.iterations, count > 0 else { return nil }
                path.append(count - 1)
            }
        }
        return path
    }

    private func results(of place: ActionPlace) -> [JSON] {
        guard let path = self.path(to: place), let group = place.action.groups.first else { return [] }
        let paths: [[Int]] =
            if place.action.isLoop {
                (0..<(self.record(of: place)?.iterations ?? 0)).map { path + [$0] }
            } else {
                [path]
            }
        return paths.flatMap { path in
            group.compactMap { action in
                self.run.records[ActionKey(name: action.name, path: path)]?.json(as: action.name)
            }
        }
    }

    private func item() throws(ExpressionFailure) -> JSON {
        if let element = self.element { return element }
        let inner = self.loops.last { position in
            if case .forEach? = self.definition.action(named: position.loop)?.kind { true } else { false }
        }
        guard let inner else { throw Self.unexpected("item") }
        return try self.item(of: inner.loop)
    }

    private func item(of loop: String) throws(ExpressionFailure) -> JSON {
        guard let depth = self.loops.lastIndex(where: { $0.loop == loop }) else { throw Self.unexpected("items") }
        let path = self.loops[..<depth].map(\.index)
        let items = self.run.records[ActionKey(name: loop, path: path)]?.items ?? []
        let index = self.loops[depth].index
        guard items.indices.contains(index) else { throw Self.unexpected("items") }
        return items[index]
    }
}
