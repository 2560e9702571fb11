import EmulatorExpressions
import EmulatorRuntime

/// Puts the values of expressions in the place of the expressions, throughout a part of a definition.
struct WorkflowEvaluator {
    let vocabulary: WorkflowVocabulary

    init(_ vocabulary: WorkflowVocabulary) { self.vocabulary = vocabulary }

    func value(of json: JSON) throws(ExpressionFailure) -> JSON {
        switch json {
        case .string(let text): return try self.value(of: text)
        case .array(let elements):
            var result: [JSON] = []
            for element in elements { result.append(try self.value(of: element)) }
            return .array(result)
        case .object(let members):
            var result: [JSON.Member] = []
            for member in members {
                result.append(.init(try self.value(of: member.name).display, try self.value(of: member.value)))
            }
            return .object(result)
        default: return json
        }
    }

    private func value(of text: String) throws(ExpressionFailure) -> JSON {
        let read: WorkflowText
        do throws(WorkflowMistake) {
            read = try WorkflowText.read(text)
        } catch {
            throw ExpressionFailure(error.message)
        }
        let evaluator = ExpressionEvaluator(self.vocabulary)
        switch read {
        case .plain(let text): return .string(text)
        case .expression(let tree): return try evaluator.value(of: tree)
        case .filled(let parts):
            var result = ""
            for part in parts {
                switch part {
                case .text(let text): result += text
                case .expression(let tree): result += try evaluator.value(of: tree).display
                }
            }
            return .string(result)
        }
    }
}
