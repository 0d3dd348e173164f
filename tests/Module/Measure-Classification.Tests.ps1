#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module OnnxDeep
    . "$PSScriptRoot/Failure.ps1"
    $silent = @{
        ErrorAction     = 'SilentlyContinue'
        ErrorVariable   = 'problems'
        WarningAction   = 'SilentlyContinue'
        WarningVariable = 'warnings'
    }
    $by = 'OnnxDeep.PowerShell.Classifiers.MeasureClassificationCommand'
    $oracle = Get-Content "$PSScriptRoot/../OnnxDeep.Tests/Oracles/scikit-learn.jsonl" | ConvertFrom-Json
}

Describe 'Measure-Classification' {
    It 'says which property a misspelt one may be' {
        $failure = Get-Failure { @{ Label = 1; Truth = 1 } | Measure-Classification -Truth Thruth }
        $failure.Exception.Message | Should -BeLikeExactly "*Did you mean 'Truth'? Use -Truth*"
    }

    It 'shows scikit-learn''s report, character for character' {
        $PSStyle.OutputRendering = 'PlainText'
        foreach ($case in $oracle) {
            $parameters = $case.labels ? @{ Label = $case.labels } : @{}
            $rows = foreach ($i in 0..($case.truth.Count - 1)) {
                @{ Truth = $case.truth[$i]; Label = $case.predicted[$i] }
            }
            $text = $rows | Measure-Classification @parameters 3> $null | Out-String -Width 120

            $text.ReplaceLineEndings("`n").Trim("`n") | Should -BeExactly $case.report.Trim("`n")
        }
    }

    It 'measures probabilities as scikit-learn does' {
        $oracle.Count | Should -BeGreaterThan 50
        foreach ($case in $oracle) {
            # For two classes, the probabilities are those of the positive one; for more, each row has one per class.
            $isTwo = $null -ne $case.probability
            $rows = foreach ($i in 0..($case.truth.Count - 1)) {
                $probability = $isTwo ? $case.probability[$i] : $case.scores[$i]
                [pscustomobject] @{ Truth = $case.truth[$i]; Label = $case.predicted[$i]; Probability = $probability }
            }
            $parameters = $case.labels ? @{ Label = $case.labels } : @{}
            if ($isTwo -and $case.names.Count -eq 2) {
                $parameters.PositiveLabel = $case.positive
                $parameters.ProbabilityOf = 'Positive'
            }
            $measure = $rows | Measure-Classification @parameters 3> $null

            $measure.Report | Should -BeExactly $case.report
            "$measure" | Should -BeExactly $case.report
            [Math]::Abs($measure.Accuracy - $case.accuracy) | Should -BeLessOrEqual 1e-12

            # With only one class, probabilities cannot be measured.
            if ($case.names.Count -gt 1) {
                foreach ($pair in ('auc', 'RocAuc'), ('logloss', 'LogLoss'), ('threshold', 'BestThreshold'),
                    ('bestf1', 'BestF1')) {
                    $wanted = $case.($pair[0])
                    $found = $measure.($pair[1])
                    ($null -eq $found) | Should -Be ($null -eq $wanted) -Because $pair[1]
                    [Math]::Abs($found - $wanted) | Should -BeLessOrEqual 1e-12 -Because $pair[1]
                }
            }
        }
    }

    It 'measures <Form> as scikit-learn does' -ForEach @(
        @{ Form = 'the probability of each class'; Read = { param($p, $names)
                @{ Scores = [ordered] @{ $names[0] = 1 - $p; $names[1] = $p }; Probability = 'not read' } } }
        @{ Form = 'the JSON of a CSV file'; Read = { param($p, $names)
                @{ Scores = [ordered] @{ $names[0] = 1 - $p; $names[1] = $p } | ConvertTo-Json } } }
        @{ Form = 'a hashtable in a list of one'; Read = { param($p, $names)
                @{ Scores = , @{ $names[0] = 1 - $p; $names[1] = $p } } } }
        @{ Form = 'the probability of the label'; Read = { param($p) @{ Probability = [Math]::Max($p, 1 - $p) } } }
        @{ Form = 'the probability of food'; Read = { param($p) @{ Probability = $p; IsFood = $p -ge 0.5 } } }
        @{ Form = 'texts with IsFood'; Read = { param($p)
                @{ Probability = "$p"; IsFood = "$($p -ge 0.5)"; Scores = '' } } }
        @{ Form = 'the probability of the positive class'; Read = { param($p) @{ Probability = $p } }
            With = @{ ProbabilityOf = 'Positive' } }
    ) {
        $cases = $oracle | Where-Object { $_.probability -and $_.names.Count -eq 2 } | Select-Object -First 6
        $cases | Should -HaveCount 6
        foreach ($case in $cases) {
            $rows = foreach ($i in 0..($case.truth.Count - 1)) {
                @{ Truth = $case.truth[$i]; Label = $case.predicted[$i] } + (& $Read $case.probability[$i] $case.names)
            }
            $parameters = $With ? $With + @{ PositiveLabel = $case.positive } : @{}
            $measure = $rows | Measure-Classification -Label $case.names @parameters 3> $null

            $measure.PositiveLabel | Should -BeExactly $case.positive
            foreach ($pair in ('auc', 'RocAuc'), ('logloss', 'LogLoss'), ('threshold', 'BestThreshold')) {
                $wanted, $found = $case.($pair[0]), $measure.($pair[1])
                ($null -eq $found) | Should -Be ($null -eq $wanted) -Because $pair[1]
                [Math]::Abs($found - $wanted) | Should -BeLessOrEqual 1e-12 -Because $pair[1]
            }
        }
    }

    It 'measures Test-Word and Test-FoodWord alike, <How>' -ForEach @(
        @{ How = 'from the pipeline'; Pass = { $input } }
        @{ How = 'from a CSV file'; Pass = {
                $input | Export-Csv "$TestDrive/answers.csv"
                Import-Csv "$TestDrive/answers.csv" } }
        @{ How = 'from JSON'; Pass = { $input | ConvertTo-Json -Depth 5 | ConvertFrom-Json } }
    ) {
        # pen is food and chips are not, so that the measures are not those of a perfect classifier.
        $truth = @{ n = 'Truth'; e = { $_.Word -in 'salad', 'pizza', 'soup', 'pen' ? 'food' : 'not food' } }
        $words = 'salad', 'pizza', 'soup', 'pen', 'laptop', 'river', 'chips', 'cup'
        # Export-Csv writes numbers in the current culture.
        $measure = @{ Culture = Get-Culture } + $silent
        $food = $words | Test-FoodWord | Select-Object *, $truth | & $Pass | Measure-Classification @measure
        $any = $words | Test-Word -Model food | Select-Object *, $truth | & $Pass | Measure-Classification @measure

        $warnings | Should -BeNullOrEmpty
        $food.PositiveLabel, $any.PositiveLabel | Should -BeExactly food, food
        $food.RocAuc | Should -BeGreaterThan 0.5
        $food.RocAuc | Should -BeLessThan 1
        $any.RocAuc | Should -Be $food.RocAuc
        [Math]::Abs($any.LogLoss - $food.LogLoss) | Should -BeLessOrEqual 1e-6
        [Math]::Abs($any.BestThreshold - $food.BestThreshold) | Should -BeLessOrEqual 1e-6
    }

    It 'reads maps with keys of any type' -ForEach @(
        @{ Map = { param($p) [ordered] @{ [long] 0 = 1 - $p; [long] 1 = $p } } }
        @{ Map = { param($p)
                $map = [Collections.Generic.Dictionary[long, float]]::new()
                $map[0], $map[1] = (1 - $p), $p
                $map } }
        @{ Map = { param($p) @{ 0 = 1 - $p; 1 = $p } } }
        @{ Map = { param($p) , @(@{ 0 = 1 - $p; 1 = $p }) } }
    ) {
        $measure = @{ Truth = 1; Label = 1; Scores = & $Map 0.7 }, @{ Truth = 0; Label = 1; Scores = & $Map 0.6 },
            @{ Truth = 1; Label = 0; Scores = & $Map 0.3 } | Measure-Classification

        $measure.PositiveLabel | Should -BeExactly '1'
        $measure.RocAuc | Should -Be 0.5
        # sklearn.metrics.log_loss([1, 0, 1], [0.7, 0.6, 0.3])
        [Math]::Abs($measure.LogLoss - 0.8256463) | Should -BeLessOrEqual 1e-6
        [Math]::Abs($measure.BestThreshold - 0.3) | Should -BeLessOrEqual 1e-6
    }

    It 'refuses probabilities that do not fit their labels until it knows what they mean' {
        $rows = @{ Truth = 'food'; Label = 'food'; Probability = 0.9 },
            @{ Truth = 'not food'; Label = 'not food'; Probability = 0.2 },
            @{ Truth = 'food'; Label = 'not food'; Probability = 0.4 }
        $measure = $rows | Measure-Classification @silent

        $measure.Accuracy, $measure.RocAuc, $measure.LogLoss | Should -Be (2 / 3), $null, $null
        $warnings | Should -HaveCount 1
        $warnings[0].Message | Should -BeLikeExactly '*2 of 3 rows*-ProbabilityOf*'
        (Get-Failure { $rows | Measure-Classification -Threshold 0.5 }).FullyQualifiedErrorId |
            Should -BeExactly "ThresholdUnfit,$by"

        $positive, $label = 'Positive', 'Label' | ForEach-Object { $rows | Measure-Classification -ProbabilityOf $_ }
        $positive.PositiveLabel, $positive.RocAuc | Should -BeExactly food, 1
        $label.PositiveLabel, $label.RocAuc | Should -BeExactly 'not food', 0.5
    }

    It 'takes probabilities below 0.5 that a threshold of the labels explains' {
        $measure = @{ Truth = 'a'; Label = 'b'; Probability = 0.9 }, @{ Truth = 'b'; Label = 'b'; Probability = 0.3 },
            @{ Truth = 'a'; Label = 'a'; Probability = 0.8 } | Measure-Classification @silent

        $warnings | Should -BeNullOrEmpty
        $measure.RocAuc | Should -Be 0.5
    }

    It 'finds classes in <How>' -ForEach @(
        @{ How = 'Truth and Label'; Script = {
                @{ Truth = 'a'; Label = 'a' }, @{ Truth = 'b'; Label = 'a' } | Measure-Classification @silent } }
        @{ How = 'Actual and Prediction'; Script = {
                @{ Actual = 'a'; Prediction = 'a' }, @{ Actual = 'b'; Prediction = 'a' } |
                    Measure-Classification @silent } }
        @{ How = 'properties that it is told'; Script = {
                [pscustomobject] @{ t = 'a'; p = 'a' }, [pscustomobject] @{ t = 'b'; p = 'a' } |
                    Measure-Classification p t @silent } }
        @{ How = 'an argument'; Script = {
                $rows = @{ Class = 'a'; Predicted = 'a' }, @{ Class = 'b'; Predicted = 'a' }
                Measure-Classification -InputObject $rows @silent } }
    ) {
        # Dot-sourced, so that its variables remain in this scope.
        $measure = @(. $Script)

        $problems | Should -BeNullOrEmpty
        $measure.Accuracy | Should -Be 0.5
        $measure | Should -HaveCount 1
        , $measure[0].ConfusionMatrix | Should -BeOfType ([int[,]])
        $measure[0].ConfusionMatrix | ForEach-Object { $_ } | Should -Be 1, 0, 1, 0
        $warnings | Should -HaveCount 1
        $warnings[0].Message | Should -BeLikeExactly "*'b'*"
        $warnings[0].Message | Should -BeLikeExactly '*Precision is undefined*'
    }

    It 'keeps classes apart that differ in case' {
        $rows = @{ Truth = 'a'; Label = 'A' }, @{ Truth = 'A'; Label = 'A' }
        $table = ($rows | Measure-Classification @silent).ConfusionTable

        $table.Truth | Should -BeExactly A, a
        $table.A | Should -Be 1, 1
        $table.a_ | Should -Be 0, 0
    }

    It 'leaves unknown words out and names them, unless they are a class' {
        $rows = 'salad', 'qwxzv', 'laptop' | Test-FoodWord -WarningAction Ignore |
            Select-Object Word, Label, Probability, IsFood,
                @{ n = 'Truth'; e = { $_.Word -eq 'laptop' ? 'not food' : 'food' } }

        $measure = $rows | Measure-Classification @silent
        $measure.Accuracy, $measure.Unknown, $measure.RocAuc | Should -Be 1, 1, 1
        $measure.PositiveLabel | Should -BeExactly food
        $warnings | Should -HaveCount 1
        $warnings[0].Message | Should -BeLikeExactly "*'qwxzv'*"

        $measure = $rows | Measure-Classification -Label 'not food', food, unknown @silent
        $measure.Accuracy | Should -Be (2 / 3)
        $measure.Unknown | Should -Be 0
        $problems | Should -BeNullOrEmpty
    }

    It 'recomputes the predictions with -Threshold' {
        $rows = @{ Truth = 1; Probability = 0.9 }, @{ Truth = 1; Probability = 0.4 }, @{ Truth = 0; Probability = 0.3 }
        $measures = 0.5, 0.4, 0.2 | ForEach-Object { $rows | Measure-Classification -Threshold $_ 3> $null }

        $measures.Accuracy | Should -Be (2 / 3), 1, (2 / 3)
        $measures.BestThreshold | Should -Be 0.4, 0.4, 0.4
    }

    It 'takes the class for positive that higher probabilities have, or -PositiveLabel' {
        $rows = @{ Truth = 'cat'; Label = 'cat'; Probability = 0.9 },
            @{ Truth = 'dog'; Label = 'dog'; Probability = 0.4 }
        $cat = $rows | Measure-Classification -ProbabilityOf Positive @silent
        $dog = $rows | Measure-Classification -ProbabilityOf Positive -PositiveLabel dog @silent

        $cat.PositiveLabel, $dog.PositiveLabel | Should -BeExactly cat, dog
        $cat.RocAuc, $dog.RocAuc | Should -Be 1, 0
    }

    It 'measures the food model' {
        $foods = 'salad', 'pizza', 'soup'
        $measure = 'salad', 'pizza', 'soup', 'laptop', 'river' | Test-FoodWord |
            Select-Object *, @{ n = 'Truth'; e = { $_.Word -in $foods ? 'food' : 'not food' } } | Measure-Classification

        $measure.Accuracy, $measure.RocAuc, $measure.BestF1 | Should -Be 1, 1, 1
        $measure.PositiveLabel | Should -BeExactly 'food'
        $measure.Labels | Should -BeExactly 'food', 'not food'
        $measure.Classes.Support | Should -Be 3, 2
        $measure.ConfusionTable[0].food, $measure.ConfusionMatrix[0, 0] | Should -Be 3, 3
    }

    It 'reads the columns of a CSV file' {
        Set-Content "$TestDrive/test.csv" 'guess,answer,p', '1,1,0.8', '0,0,0.3', '1,0,0.6'
        $measure = Import-Csv "$TestDrive/test.csv" |
            Measure-Classification guess answer -Probability p -ProbabilityOf Positive

        $measure.Accuracy | Should -Be (2 / 3)
        $measure.RocAuc | Should -Be 1
        $measure.BestThreshold | Should -Be 0.8
    }

    It 'says what is undefined' {
        $null = @{ Truth = 'a'; Label = 'b' } | Measure-Classification @silent

        $warnings.Message | Should -BeLike '*undefined*' -Because 'nothing was taken for a, and nothing is b'
        $warnings | Should -HaveCount 2
    }

    It 'warns that <Part>' -ForEach @(
        @{ Part = 'ROC AUC is undefined'; Script = {
                @{ Truth = 1; Label = 1; Probability = 0.9 }, @{ Truth = 1; Label = 0; Probability = 0.6 } |
                    Measure-Classification @silent } }
        @{ Part = 'ROC AUC is undefined'; Script = {
                @{ Truth = 'a'; Label = 'a'; Scores = @{ a = 1 } }, @{ Truth = 'b'; Label = 'c'; Scores = @{ c = 1 } },
                @{ Truth = 'b'; Label = 'b'; Scores = @{ b = 1 } } | Measure-Classification @silent } }
        @{ Part = 'There is 1 class'; Script = {
                @{ Truth = 1; Label = 1; Probability = 0.9 } | Measure-Classification @silent } }
        @{ Part = 'unknown which class'; Script = {
                @{ Truth = 'a'; Label = 'b'; Probability = 0.9 } |
                    Measure-Classification -ProbabilityOf Positive @silent } }
        @{ Part = '1 of 2 rows has no probability'; Script = {
                @{ Truth = 1; Label = 1; Probability = 0.9 }, @{ Truth = 0; Label = 0; Probability = $null } |
                    Measure-Classification -PositiveLabel 1 @silent } }
    ) {
        $null = . $Script

        $problems | Should -BeNullOrEmpty
        $warnings.Message -clike "*$Part*" | Should -Not -BeNullOrEmpty
    }

    It 'leaves bad rows out, names them and counts them' {
        $rows = @{ Truth = 'a'; Label = 'a'; Probability = 0.9 }, $null, @{ Truth = ''; Label = 'a' }, @{ Truth = 'a' },
            @{ Truth = 'a'; Label = 'a'; Probability = 1.5 }, @{ Truth = 'c'; Label = 'a' },
            @{ Truth = 'b'; Label = 'b'; Probability = 0.9 }
        $measure = $rows | Measure-Classification -Label a, b @silent

        $problems.FullyQualifiedErrorId | Should -BeExactly "RowIncomplete,$by", "RowIncomplete,$by",
            "RowIncomplete,$by",
            "ProbabilityInvalid,$by", "LabelNotListed,$by"
        $problems[4].Exception.Message | Should -BeLikeExactly "*Row 6 has the class 'c'*"
        $measure.Rows, $measure.LeftOut | Should -Be 2, 5
        $warnings | Should -HaveCount 1
        $warnings[0].Message | Should -BeLikeExactly '*5 of 7 rows*'
    }

    It 'is <Id> for <Script>' -ForEach @(
        @{ Id = 'NothingToMeasure'; Script = { @() | Measure-Classification } }
        @{ Id = 'PropertyNotFound'; Script = { @{ a = 1 } | Measure-Classification } }
        @{ Id = 'PropertyNotFound'; Script = { @{ Label = 1 } | Measure-Classification } }
        @{ Id = 'PropertyNotFound'; Script = { @{ Label = 1; Truth = 1 } | Measure-Classification -Truth real } }
        @{ Id = 'PropertyNotFound'; Script = { @{ Label = 1; Truth = 1 } | Measure-Classification -Probability p } }
        @{ Id = 'PropertyNotFound'; Script = { @{ Label = 1; Truth = 1 } | Measure-Classification -Threshold 0.5 } }
        @{ Id = 'ThresholdOutOfRange'; Script = { @{ Label = 1; Truth = 1 } | Measure-Classification -Threshold 2 } }
        @{ Id = 'ThresholdUnfit'; Script = {
                @{ Label = 1; Truth = 1; Probability = 0.5 } | Measure-Classification -Threshold 0.5 } }
        @{ Id = 'ThresholdUnfit'; Script = {
                @{ Truth = 'a'; Probability = 0.5 }, @{ Truth = 'b'; Probability = 0.5 } |
                    Measure-Classification -Threshold 0.5 } }
        @{ Id = 'ThresholdUnfit'; Script = {
                @{ Truth = 0; Probability = 0.5 }, @{ Truth = 1; Probability = $null } |
                    Measure-Classification -Threshold 0.5 } }
        @{ Id = 'PositiveLabelNotFound'; Script = {
                @{ Label = 1; Truth = 1 } | Measure-Classification -PositiveLabel 7 } }
        @{ Id = 'TooManyClasses'; Script = { 1..2001 | ForEach-Object { @{ Label = $_; Truth = $_ } } |
                    Measure-Classification } }
        @{ Id = 'TooManyClasses'; Script = {
                @{ Label = 1; Truth = 1 } | Measure-Classification -Label (1..100000) } }
    ) {
        (Get-Failure { & $Script 3> $null }).FullyQualifiedErrorId | Should -BeExactly "$Id,$by"
    }

    It 'refuses a comma without -Culture, row by row' {
        $rows = 'Truth,Label,Probability', 'a,a,"0,9"', 'b,b,"0,8"' | ConvertFrom-Csv
        $rows | Measure-Classification -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty

        $problems[0].FullyQualifiedErrorId.Split(',')[0] | Should -BeExactly 'NumberAmbiguous'
        $problems[0].Exception.Message | Should -BeLikeExactly "Row 1 has '0,9' in 'Probability'*-Culture*"
        $measure = $rows | Measure-Classification -PositiveLabel a -ProbabilityOf Label -Culture (Get-CommaCulture)
        $measure.LogLoss | Should -BeGreaterThan 0.16425
        $measure.LogLoss | Should -BeLessThan 0.16426
    }
}
