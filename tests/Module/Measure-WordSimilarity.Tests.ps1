#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module OnnxDeep
    . "$PSScriptRoot/Failure.ps1"
    $silent = @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = 'problems' }
    $by = 'OnnxDeep.PowerShell.Words.MeasureWordSimilarityCommand'
}

Describe 'Measure-WordSimilarity' {
    It 'stops with one error that lists the properties if the first rows have no word' {
        $rows = 'Produkt,Price', 'salad,3', 'soup,4', 'tea,1' | ConvertFrom-Csv
        $script:read = 0
        $counted = { $rows | ForEach-Object { $script:read++; $_ } }
        $failure = Get-Failure { & $counted | Measure-WordSimilarity tea }

        $failure.FullyQualifiedErrorId |
            Should -BeExactly "PropertyNotFound,OnnxDeep.PowerShell.Words.MeasureWordSimilarityCommand"
        $failure.Exception.Message | Should -BeLikeExactly '*has: Produkt, Price. Use -WordProperty*'
        $script:read | Should -Be 2
        (Get-Failure { $rows | Measure-WordSimilarity tea -WordProperty Product }).Exception.Message |
            Should -BeLikeExactly "*no property 'Product'; it has: Produkt, Price. Did you mean 'Produkt'?*"
        (Get-Failure { $rows[0] | Measure-WordSimilarity tea }).FullyQualifiedErrorId |
            Should -BeExactly "PropertyNotFound,OnnxDeep.PowerShell.Words.MeasureWordSimilarityCommand"
    }

    It 'skips empty words with -SkipEmpty and counts them' {
        $rows = 'Word,Price', 'salad,3', ',4', '" ",1', 'soup,2' | ConvertFrom-Csv
        $output = $rows + @{ Word = $null } + @{ Word = [DBNull]::Value } |
            Measure-WordSimilarity tea -SkipEmpty -Verbose -ErrorVariable problems 4>&1

        $problems | Should -BeNullOrEmpty
        ($output | Where-Object { $_ -isnot [Management.Automation.VerboseRecord] }).Word |
            Should -BeExactly salad, soup
        "$output" | Should -BeLikeExactly '*4 empty words were skipped.*'
    }

    It 'takes the word of an object, by -WordProperty too, and reports what has none' {
        $silent = @{ ErrorAction = 'SilentlyContinue'; ErrorVariable = 'problems' }
        $answers = @{ Word = 'salad' }, [datetime] 0, 'soup' | Measure-WordSimilarity tea @silent
        $answers.Word | Should -BeExactly salad, soup
        $problems.FullyQualifiedErrorId | Should -BeLikeExactly 'NotAWord,*WordSimilarityCommand'

        $product = @{ Name = 'x'; Product = 'salad' } | Measure-WordSimilarity tea -WordProperty { $_.Product }
        $product.Word | Should -BeExactly salad
    }

    It 'is the cosine of the angle between the vectors' {
        $a, $b = (Get-WordVector lemon).Vector, (Get-WordVector lime).Vector
        $dot = $aa = $bb = 0.0
        foreach ($i in 0..299) {
            $dot += $a[$i] * $b[$i]
            $aa += $a[$i] * $a[$i]
            $bb += $b[$i] * $b[$i]
        }

        $similarity = (Measure-WordSimilarity lemon lime).Similarity
        [math]::Abs($similarity - $dot / [math]::Sqrt($aa * $bb)) | Should -BeLessOrEqual 1e-6
        [math]::Abs((Measure-WordSimilarity lemon lemon).Similarity - 1) | Should -BeLessOrEqual 1e-6
    }

    It 'sorts words by their likeness, in either direction the same' {
        'truck', 'orange', 'lime' | Measure-WordSimilarity lemon | Sort-Object Similarity -Descending |
            ForEach-Object Word | Should -BeExactly 'orange', 'lime', 'truck'
        (Measure-WordSimilarity lime lemon).Similarity | Should -Be (Measure-WordSimilarity lemon lime).Similarity
        $lime, $truck = ('lime', 'truck' | Measure-WordSimilarity lemon).Similarity
        $lime | Should -BeGreaterThan ($truck + 0.2)
    }

    It 'converts a property that is not text to text' {
        $similarity = [pscustomobject] @{ Word = 5 } | Measure-WordSimilarity lemon -WarningAction Ignore
        $similarity.Word | Should -BeExactly '5'
    }

    It 'takes words by <How>' -ForEach @(
        @{ How = 'position'; Script = { Measure-WordSimilarity lemon lime, truck } }
        @{ How = '-Word'; Script = { Measure-WordSimilarity -ReferenceWord lemon -Word lime, truck } }
        @{ How = '-Term'; Script = { Measure-WordSimilarity lemon -Term lime, truck } }
        @{ How = '-Name'; Script = { Measure-WordSimilarity lemon -Name lime, truck } }
        @{ How = 'the pipeline'; Script = { 'lime', 'truck' | Measure-WordSimilarity lemon } }
        @{ How = 'a property Word'; Script = {
                'Word', 'lime', 'truck' | ConvertFrom-Csv | Measure-WordSimilarity lemon } }
        @{ How = 'a property Term'; Script = {
                'Term', 'lime', 'truck' | ConvertFrom-Csv | Measure-WordSimilarity lemon } }
        @{ How = 'a property Name'; Script = {
                'Name', 'lime', 'truck' | ConvertFrom-Csv | Measure-WordSimilarity lemon } }
    ) {
        $similarities = & $Script

        $similarities.Word | Should -BeExactly 'lime', 'truck'
        $similarities.ReferenceWord | Should -BeExactly 'lemon', 'lemon'
    }

    It 'has no similarity where either word is unknown, and warns' {
        $similarities = 'lime', 'qwxzv' |
            Measure-WordSimilarity lemon -WarningVariable warnings -WarningAction SilentlyContinue
        $similarities.IsKnown | Should -Be $true, $false
        $similarities[1].Similarity | Should -Be $null
        $warnings | Should -HaveCount 1
        $warnings | Should -Match '^1 word is unknown'

        $similarity = Measure-WordSimilarity qwxzv lime -WarningVariable warnings -WarningAction SilentlyContinue
        $similarity.IsKnown | Should -BeFalse
        $warnings | Should -Match '^1 word is unknown'
    }

    It '<Id> is an error of its own and the others are measured' -ForEach @(
        @{ Id = 'EmptyWord'; Word = $null }
        @{ Id = 'EmptyWord'; Word = '' }
        @{ Id = 'BlankWord'; Word = " `t " }
        @{ Id = 'WordTooLong'; Word = 'x' * 1025 }
        @{ Id = 'WordContainsNul'; Word = "li`0me" }
        @{ Id = 'WordNotUnicode'; Word = [string] [char] 0xD83C }
    ) {
        $similarities = 'lime', $Word, 'truck' | Measure-WordSimilarity lemon @silent

        $problems.FullyQualifiedErrorId | Should -BeExactly "$Id,$by"
        $similarities.Word | Should -BeExactly 'lime', 'truck'
    }

    It 'ends with <Id> where the reference word is bad' -ForEach @(
        @{ Id = 'EmptyWord'; Word = '' }
        @{ Id = 'BlankWord'; Word = '  ' }
        @{ Id = 'WordContainsNul'; Word = "`0" }
    ) {
        (Get-Failure { & { while ($true) { 'lime' } } | Measure-WordSimilarity $Word }).FullyQualifiedErrorId |
            Should -BeExactly "$Id,$by"
    }

    It 'refuses vectors that are <Id>' -ForEach @(
        @{ Id = 'VectorsNotFound'; Vectors = 'nosuch' }
        @{ Id = 'VectorsDamaged'; Vectors = 'TestDrive:\text.safetensors' }
    ) {
        Set-Content "$TestDrive/text.safetensors" 'I am no table'
        { Measure-WordSimilarity lemon lime -Vectors $Vectors } | Should -Throw -ErrorId "$Id,$by"
    }

    It 'answers before its input ends' {
        $first = & { while ($true) { 'lime' } } | Measure-WordSimilarity lemon | Select-Object -First 1
        $first.Word | Should -BeExactly 'lime'
    }
}
