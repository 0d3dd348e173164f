using System.Globalization;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace OnnxDeep.Mutants;

/// <summary>
/// Adds the mutants of a file to its code, each behind a switch, so that one build contains all of them. A mutant
/// contains the original code without the switches of other mutants, because only one is active at a time.
/// </summary>
internal sealed class MutantRewriter(SemanticModel model, string file, List<Mutant> mutants, IReadOnlySet<int> left)
    : CSharpSyntaxRewriter
{
    /// <summary>The annotation of nodes with a switch; its data is the mutant's number.</summary>
    public const string Annotation = "mutant";

    private static readonly Dictionary<SyntaxKind, SyntaxKind[]> s_operators = new()
    {
        [SyntaxKind.LessThanExpression] =
            [SyntaxKind.LessThanOrEqualExpression, SyntaxKind.GreaterThanOrEqualExpression],
        [SyntaxKind.LessThanOrEqualExpression] = [SyntaxKind.LessThanExpression, SyntaxKind.GreaterThanExpression],
        [SyntaxKind.GreaterThanExpression] =
            [SyntaxKind.GreaterThanOrEqualExpression, SyntaxKind.LessThanOrEqualExpression],
        [SyntaxKind.GreaterThanOrEqualExpression] = [SyntaxKind.GreaterThanExpression, SyntaxKind.LessThanExpression],
        [SyntaxKind.EqualsExpression] = [SyntaxKind.NotEqualsExpression],
        [SyntaxKind.NotEqualsExpression] = [SyntaxKind.EqualsExpression],
        [SyntaxKind.LogicalAndExpression] = [SyntaxKind.LogicalOrExpression],
        [SyntaxKind.LogicalOrExpression] = [SyntaxKind.LogicalAndExpression],
        [SyntaxKind.AddExpression] = [SyntaxKind.SubtractExpression],
        [SyntaxKind.SubtractExpression] = [SyntaxKind.AddExpression],
        [SyntaxKind.MultiplyExpression] = [SyntaxKind.DivideExpression],
        [SyntaxKind.DivideExpression] = [SyntaxKind.MultiplyExpression],
        [SyntaxKind.ModuloExpression] = [SyntaxKind.MultiplyExpression],
        [SyntaxKind.BitwiseAndExpression] = [SyntaxKind.BitwiseOrExpression],
        [SyntaxKind.BitwiseOrExpression] = [SyntaxKind.BitwiseAndExpression],
        [SyntaxKind.ExclusiveOrExpression] = [SyntaxKind.BitwiseAndExpression],
        [SyntaxKind.LeftShiftExpression] = [SyntaxKind.RightShiftExpression],
        [SyntaxKind.RightShiftExpression] = [SyntaxKind.LeftShiftExpression],
        [SyntaxKind.AddAssignmentExpression] = [SyntaxKind.SubtractAssignmentExpression],
        [SyntaxKind.SubtractAssignmentExpression] = [SyntaxKind.AddAssignmentExpression],
        [SyntaxKind.MultiplyAssignmentExpression] = [SyntaxKind.DivideAssignmentExpression],
        [SyntaxKind.DivideAssignmentExpression] = [SyntaxKind.MultiplyAssignmentExpression],
        [SyntaxKind.AndAssignmentExpression] = [SyntaxKind.OrAssignmentExpression],
        [SyntaxKind.OrAssignmentExpression] = [SyntaxKind.AndAssignmentExpression],
        [SyntaxKind.PostIncrementExpression] = [SyntaxKind.PostDecrementExpression],
        [SyntaxKind.PostDecrementExpression] = [SyntaxKind.PostIncrementExpression],
        [SyntaxKind.GreaterThanToken] = [SyntaxKind.GreaterThanEqualsToken],
        [SyntaxKind.GreaterThanEqualsToken] = [SyntaxKind.GreaterThanToken],
        [SyntaxKind.LessThanToken] = [SyntaxKind.LessThanEqualsToken],
        [SyntaxKind.LessThanEqualsToken] = [SyntaxKind.LessThanToken],
    };

    private static readonly Dictionary<string, string> s_methods = new(StringComparer.Ordinal)
    {
        ["Min"] = "Max", ["Max"] = "Min", ["All"] = "Any", ["Any"] = "All", ["First"] = "Last", ["Last"] = "First",
        ["FirstOrDefault"] = "LastOrDefault", ["OrderBy"] = "OrderByDescending", ["OrderByDescending"] = "OrderBy",
        ["ToLowerInvariant"] = "ToUpperInvariant", ["Floor"] = "Ceiling", ["Average"] = "Sum",
    };

    // Their arguments are constants, names or texts for people.
    public override SyntaxNode? VisitAttributeList(AttributeListSyntax node) => node;

    public override SyntaxNode? VisitParameterList(ParameterListSyntax node) => node;

    public override SyntaxNode? VisitInterpolatedStringExpression(InterpolatedStringExpressionSyntax node) => node;

    public override SyntaxNode? VisitFieldDeclaration(FieldDeclarationSyntax node) =>
        node.Modifiers.Any(SyntaxKind.ConstKeyword) ? node : base.VisitFieldDeclaration(node);

    public override SyntaxNode? VisitIsPatternExpression(IsPatternExpressionSyntax node)
    {
        ExpressionSyntax result = node.Update(VisitPart(node.Expression), node.IsKeyword, node.Pattern);
        if (Declares(node))
        {
            return result;
        }

        foreach (var part in node.Pattern.DescendantNodesAndSelf().OfType<RelationalPatternSyntax>())
        {
            PatternSyntax other = RelationalPattern(Token(s_operators[part.OperatorToken.Kind()][0]), part.Expression);
            result = Switch(node, result, node.ReplaceNode(part, other));
        }

        return result;
    }

    public override SyntaxNode? VisitBinaryExpression(BinaryExpressionSyntax node)
    {
        ExpressionSyntax result = node.Update(VisitPart(node.Left), node.OperatorToken, VisitPart(node.Right));
        if (Declares(node) || model.GetConstantValue(node).HasValue)
        {
            return result;
        }

        if (node.IsKind(SyntaxKind.CoalesceExpression) && node.Right is not ThrowExpressionSyntax)
        {
            return Switch(node, result, node.Right);
        }

        if (!s_operators.TryGetValue(node.Kind(), out SyntaxKind[]? others)
            || model.GetTypeInfo(node).Type is { SpecialType: SpecialType.System_String })
        {
            return result;
        }

        // A condition is also set to true and to false, which tests more than its negation.
        bool isLogical = node.Kind() is SyntaxKind.LogicalAndExpression or SyntaxKind.LogicalOrExpression;
        foreach (SyntaxKind other in IsCondition(node) && !isLogical ? others[..^1] : others)
        {
            result = Switch(node, result, BinaryExpression(other, node.Left, node.Right));
        }

        return result;
    }

    public override SyntaxNode? VisitPrefixUnaryExpression(PrefixUnaryExpressionSyntax node)
    {
        ExpressionSyntax result = node.Update(node.OperatorToken, VisitPart(node.Operand));
        return node.Kind() is SyntaxKind.UnaryMinusExpression or SyntaxKind.LogicalNotExpression && !Declares(node)
            && !IsCondition(node)
            ? Switch(node, result, node.Operand)
            : result;
    }

    public override SyntaxNode? VisitLiteralExpression(LiteralExpressionSyntax node)
    {
        if (node.Parent is PatternSyntax or CaseSwitchLabelSyntax or PrefixUnaryExpressionSyntax)
        {
            return node;
        }

        if (node.Kind() is SyntaxKind.TrueLiteralExpression or SyntaxKind.FalseLiteralExpression)
        {
            SyntaxKind other = node.IsKind(SyntaxKind.TrueLiteralExpression)
                ? SyntaxKind.FalseLiteralExpression
                : SyntaxKind.TrueLiteralExpression;
            return Switch(node, node, LiteralExpression(other));
        }

        // A conditional expression with two literals does not convert implicitly to a smaller type.
        if (!node.IsKind(SyntaxKind.NumericLiteralExpression)
            || model.GetTypeInfo(node).ConvertedType is not ITypeSymbol type)
        {
            return node;
        }

        string name = type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        double value = Convert.ToDouble(node.Token.Value, CultureInfo.InvariantCulture);
        string changed = (value == 1 ? 0 : value + 1).ToString(CultureInfo.InvariantCulture);
        return Switch(
            node, ParseExpression($"({name})({node.Token.Text})"), ParseExpression($"({name})({changed})"));
    }

    public override SyntaxNode? VisitInvocationExpression(InvocationExpressionSyntax node)
    {
        // The argument of nameof cannot contain a switch.
        if (node.Expression is IdentifierNameSyntax { Identifier.Text: "nameof" })
        {
            return node;
        }

        var result = (ExpressionSyntax)base.VisitInvocationExpression(node)!;
        return node.Expression is MemberAccessExpressionSyntax access && !Declares(node)
            && s_methods.TryGetValue(access.Name.Identifier.Text, out string? other)
            ? Switch(node, result, node.WithExpression(access.WithName(IdentifierName(other))))
            : result;
    }

    public override SyntaxNode? VisitIfStatement(IfStatementSyntax node) =>
        ((IfStatementSyntax)base.VisitIfStatement(node)!) is IfStatementSyntax result
            ? result.WithCondition(Force(node.Condition, result.Condition, true))
            : null;

    public override SyntaxNode? VisitConditionalExpression(ConditionalExpressionSyntax node) =>
        ((ConditionalExpressionSyntax)base.VisitConditionalExpression(node)!) is ConditionalExpressionSyntax result
            ? result.WithCondition(Force(node.Condition, result.Condition, true))
            : null;

    public override SyntaxNode? VisitWhileStatement(WhileStatementSyntax node) =>
        ((WhileStatementSyntax)base.VisitWhileStatement(node)!) is WhileStatementSyntax result
            ? result.WithCondition(Force(node.Condition, result.Condition, false))
            : null;

    public override SyntaxNode? VisitForStatement(ForStatementSyntax node)
    {
        // Not the incrementors, whose mutants would create endless loops.
        var condition = (ExpressionSyntax?)Visit(node.Condition);
        return node
            .WithDeclaration((VariableDeclarationSyntax?)Visit(node.Declaration))
            .WithCondition(condition is null ? null : Force(node.Condition!, condition, false))
            .WithStatement((StatementSyntax)Visit(node.Statement)!);
    }

    public override SyntaxNode? VisitReturnStatement(ReturnStatementSyntax node) =>
        node.Expression is ExpressionSyntax expression
            ? node.WithExpression(Negate(expression, VisitPart(expression)))
            : Remove(node, node);

    public override SyntaxNode? VisitContinueStatement(ContinueStatementSyntax node) => Remove(node, node);

    public override SyntaxNode? VisitBreakStatement(BreakStatementSyntax node) =>
        node.Parent is SwitchSectionSyntax ? node : Remove(node, node);

    public override SyntaxNode? VisitArrowExpressionClause(ArrowExpressionClauseSyntax node) =>
        node.WithExpression(Negate(node.Expression, VisitPart(node.Expression)));

    public override SyntaxNode? VisitSimpleLambdaExpression(SimpleLambdaExpressionSyntax node) =>
        node.ExpressionBody is ExpressionSyntax body
            ? node.WithExpressionBody(Negate(body, VisitPart(body)))
            : base.VisitSimpleLambdaExpression(node);

    public override SyntaxNode? VisitExpressionStatement(ExpressionStatementSyntax node)
    {
        var result = (StatementSyntax)base.VisitExpressionStatement(node)!;
        ExpressionSyntax? changed = !s_operators.TryGetValue(node.Expression.Kind(), out SyntaxKind[]? other) ? null
            : node.Expression is AssignmentExpressionSyntax assignment
                ? AssignmentExpression(other[0], assignment.Left, assignment.Right)
            : node.Expression is PostfixUnaryExpressionSyntax step ? PostfixUnaryExpression(other[0], step.Operand)
            : null;
        if (changed is not null && Next(node, changed.NormalizeWhitespace().ToString()) is int id)
        {
            result = Block(IfStatement(IsOn(id), ExpressionStatement(changed), ElseClause(result)))
                .WithAdditionalAnnotations(Mark(id));
        }

        return Remove(node, result);
    }

    private ExpressionSyntax VisitPart(ExpressionSyntax node) => (ExpressionSyntax)Visit(node)!;

    private StatementSyntax Remove(StatementSyntax node, StatementSyntax visited) => Next(node, "nothing") is int id
        ? Block(IfStatement(PrefixUnaryExpression(SyntaxKind.LogicalNotExpression, IsOn(id)), visited))
            .WithAdditionalAnnotations(Mark(id))
        : visited;

    // false && preserves the variables that the condition assigns if it is true; true || does not.
    private ExpressionSyntax Force(ExpressionSyntax node, ExpressionSyntax visited, bool alsoTrue)
    {
        if (Next(node, "false") is int no)
        {
            visited = Parenthesize(BinaryExpression(
                SyntaxKind.LogicalAndExpression,
                PrefixUnaryExpression(SyntaxKind.LogicalNotExpression, IsOn(no)),
                Parenthesize(visited))).WithAdditionalAnnotations(Mark(no));
        }

        if (alsoTrue && !Declares(node) && Next(node, "true") is int yes)
        {
            visited = Parenthesize(BinaryExpression(SyntaxKind.LogicalOrExpression, IsOn(yes), Parenthesize(visited)))
                .WithAdditionalAnnotations(Mark(yes));
        }

        return visited;
    }

    // Comparisons have separate mutants.
    private ExpressionSyntax Negate(ExpressionSyntax node, ExpressionSyntax visited) =>
        model.GetTypeInfo(node).Type is { SpecialType: SpecialType.System_Boolean }
        && node.Kind() is SyntaxKind.InvocationExpression or SyntaxKind.IdentifierName
            or SyntaxKind.SimpleMemberAccessExpression or SyntaxKind.IsPatternExpression
        && Next(node, $"!({Shorten(node)})") is int id
            ? Parenthesize(BinaryExpression(SyntaxKind.NotEqualsExpression, IsOn(id), Parenthesize(visited)))
                .WithAdditionalAnnotations(Mark(id))
            : visited;

    private ExpressionSyntax Switch(ExpressionSyntax node, ExpressionSyntax visited, ExpressionSyntax changed) =>
        Next(node, Shorten(changed.NormalizeWhitespace())) is int id
            ? Parenthesize(ConditionalExpression(
                IsOn(id), Parenthesize(changed.WithoutTrivia()), Parenthesize(visited.WithoutTrivia())))
                .WithAdditionalAnnotations(Mark(id))
            : visited;

    // Excluded mutants also receive a number, so that the numbers stay the same.
    private int? Next(SyntaxNode node, string change)
    {
        int id = mutants.Count + 1;
        int line = node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
        bool isStatic = node.Ancestors().OfType<FieldDeclarationSyntax>()
            .Any(field => field.Modifiers.Any(SyntaxKind.StaticKeyword));
        mutants.Add(new Mutant(id, file, line, Shorten(node), change, isStatic));
        return left.Contains(id) ? null : id;
    }

    private static string Shorten(SyntaxNode node)
    {
        string text = string.Join(' ', node.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= 90 ? text : text[..89] + "…";
    }

    private static bool IsCondition(ExpressionSyntax node) => node.Parent switch
    {
        IfStatementSyntax parent => parent.Condition == node,
        WhileStatementSyntax parent => parent.Condition == node,
        ForStatementSyntax parent => parent.Condition == node,
        ConditionalExpressionSyntax parent => parent.Condition == node,
        _ => false,
    };

    private static bool Declares(SyntaxNode node) =>
        node.DescendantNodesAndSelf().Any(part => part is SingleVariableDesignationSyntax);

    private static SyntaxAnnotation Mark(int id) => new(Annotation, id.ToString(CultureInfo.InvariantCulture));

    private static ParenthesizedExpressionSyntax Parenthesize(ExpressionSyntax node) => ParenthesizedExpression(node);

    private static ExpressionSyntax IsOn(int id) => ParseExpression($"global::MutantSwitch.IsOn({id})");
}
