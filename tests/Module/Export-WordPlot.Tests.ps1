#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module OnnxDeep
    . "$PSScriptRoot/Failure.ps1"
    . "$PSScriptRoot/PlotHelper.ps1"
}

Describe 'Export-WordPlot' {
    It 'stops with one error that lists the properties if the first rows have no word' {
        $rows = 'Product,Price', 'salad,3', 'soup,4', 'tea,1' | ConvertFrom-Csv
        $failure = Get-Failure { $rows | Export-WordPlot "$TestDrive/none.svg" }

        $failure.FullyQualifiedErrorId |
            Should -BeExactly 'PropertyNotFound,OnnxDeep.PowerShell.Plots.ExportWordPlotCommand'
        $failure.Exception.Message | Should -BeLikeExactly '*has: Product, Price. Use -WordProperty*'
        "$TestDrive/none.svg" | Should -Not -Exist
    }

    It 'skips empty words with -SkipEmpty and counts them' {
        $rows = 'Word', 'salad', '" "', 'soup', 'tea' | ConvertFrom-Csv
        $output = $rows | Export-WordPlot "$TestDrive/skip.svg" -SkipEmpty -Verbose -ErrorVariable problems 4>&1

        $problems | Should -BeNullOrEmpty
        "$output" | Should -BeLikeExactly '*1 empty word was skipped.*'
    }

    It 'takes words and labels of hashtables, by -WordProperty too' {
        $text = Get-SvgText (@{ Word = 'salad'; Label = 'meal' }, @{ Word = 'soup'; Label = 'meal' },
            @{ Word = 'car'; Label = 'thing' } | Export-WordPlot "$TestDrive/h.svg")
        $other = Get-SvgText (@{ Product = 'salad' }, @{ Product = 'soup' }, @{ Product = 'car' } |
                Export-WordPlot "$TestDrive/p.svg" -WordProperty Product)

        'salad', 'soup', 'car', 'meal', 'thing' | ForEach-Object { $text | Should -BeLike "*$_*" }
        'salad', 'soup', 'car' | ForEach-Object { $other | Should -BeLike "*$_*" }
    }

    It 'draws <What>, in any size and theme' -ForEach @(
        @{ What = 'words'; Draw = {
                param($more)
                'apple', 'pear', 'car' | Export-WordPlot @more -WarningAction Ignore } }
        @{ What = 'predictions'; Draw = {
                param($more)
                'apple', 'pear', 'car' | Test-FoodWord | Export-WordPlot @more } }
        @{ What = 'lists'; Draw = { param($more) Export-WordPlot -Positive shark, whale -Negative lion, wolf @more } }
    ) {
        Test-Picture $Draw
    }

    It 'draws the notebook''s words where there are none, and says how many have no label' {
        $text = Get-SvgText (Export-WordPlot "$TestDrive/w.svg" -WarningVariable warning 3> $null)

        $text | Should -BeLike '*100 words in two dimensions*'
        $text | Should -BeLike '*not food*'
        $warning | Should -HaveCount 1
        $warning | Should -BeLike '* points have no label*'
    }

    It 'names the classes of <How>' -ForEach @(
        @{ How = 'predictions'; Classes = 'food', 'not food'; Script = {
                'apple', 'pear', 'car' | Test-FoodWord | Export-WordPlot "$TestDrive/c.svg" } }
        @{ How = 'lists'; Classes = 'sea', 'land'; Script = {
                $lists = @{ Positive = 'shark', 'whale'; Negative = 'wolf', 'lion' }
                Export-WordPlot "$TestDrive/c.svg" @lists -PositiveLabel sea -NegativeLabel land } }
        @{ How = '-Label'; Classes = 'fruit'; Script = {
                Export-WordPlot "$TestDrive/c.svg" apple, pear, plum -Label fruit } }
    ) {
        $text = Get-SvgText (& $Script)

        $Classes | ForEach-Object { $text | Should -BeLike "*$_*" }
    }

    It 'leaves unknown and bad words out' {
        $silent = @{ WarningVariable = 'warning'; ErrorVariable = 'problems'; ErrorAction = 'SilentlyContinue' }
        $text = Get-SvgText ('apple', '', 'car', 'qwxzv', 'pear', 'apple' |
                Export-WordPlot "$TestDrive/u.svg" @silent 3> $null)

        $text | Should -BeLike '*3 words in two dimensions*'
        $warning | Should -HaveCount 1
        $warning | Should -BeLike '1 word is unknown*'
        $problems.FullyQualifiedErrorId |
            Should -BeExactly 'EmptyWord,OnnxDeep.PowerShell.Plots.ExportWordPlotCommand'
    }

    It 'is <Id> for <What>' -ForEach @(
        @{ Id = 'PlotTooFewWords'; What = 'one word'; Category = 'InvalidData'; Script = {
                'apple' | Export-WordPlot "$TestDrive/e.png" } }
        @{ Id = 'PlotTooFewWords'; What = 'two words'; Category = 'InvalidData'; Script = {
                'apple', 'car' | Export-WordPlot "$TestDrive/e.png" } }
        @{ Id = 'PlotTooFewWords'; What = 'an empty pipeline'; Category = 'InvalidData'; Script = {
                @() | Export-WordPlot "$TestDrive/e.png" } }
        @{ Id = 'PlotTooManyWords'; What = '10,001 words'; Category = 'LimitsExceeded'; Script = {
                1..10001 | ForEach-Object { "apple $_" } | Export-WordPlot "$TestDrive/e.png" } }
        @{ Id = 'VectorsNotFound'; What = 'a missing table'; Category = 'ObjectNotFound'; Script = {
                'apple' | Export-WordPlot "$TestDrive/e.png" -Vectors nosuch } }
    ) {
        Test-Refusal $Script $Id $Category
    }
}
