#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module OnnxDeep
    . "$PSScriptRoot/PlotHelper.ps1"
}

Describe 'Export-WordPlot' {
    It 'draws words, in any size and theme' {
        Test-Picture { param($more) 'apple', 'pear', 'car', 'bus' | Export-WordPlot @more -WarningAction SilentlyContinue }
    }

    It 'draws the notebook''s words where there are none, and says how many have no label' {
        $text = Get-SvgText (Export-WordPlot "$TestDrive/w.svg" -WarningVariable warning 3> $null)

        $text | Should -BeLike '*100 words in two dimensions*'
        $text | Should -BeLike '*not food*'
        $warning | Should -BeLike '* points have no label*'
    }

    It 'names the classes of <How>' -ForEach @(
        @{ How = 'predictions'; Classes = 'food', 'not food'; Script = { 'apple', 'pear', 'car' | Test-FoodWord | Export-WordPlot "$TestDrive/c.svg" } }
        @{ How = 'lists'; Classes = 'sea', 'land'; Script = {
                Export-WordPlot "$TestDrive/c.svg" -Positive shark, whale -Negative wolf, lion -PositiveLabel sea -NegativeLabel land } }
        @{ How = '-Label'; Classes = 'fruit'; Script = { Export-WordPlot "$TestDrive/c.svg" apple, pear, plum -Label fruit } }
    ) {
        $text = Get-SvgText (& $Script)

        $Classes | ForEach-Object { $text | Should -BeLike "*$_*" }
    }

    It 'leaves unknown and bad words out' {
        $text = Get-SvgText ('apple', '', 'qwxzv', 'car', 'pear' |
                Export-WordPlot "$TestDrive/u.svg" -WarningVariable warning -ErrorVariable problems -ErrorAction SilentlyContinue 3> $null)

        $text | Should -BeLike '*3 words in two dimensions*'
        $warning | Should -BeLike '1 word is unknown*'
        $problems.FullyQualifiedErrorId | Should -BeLike 'EmptyWord,*'
    }

    It 'is <Id> for <What>' -ForEach @(
        @{ Id = 'PlotTooFewWords'; What = 'two words'; Script = { 'apple', 'car' | Export-WordPlot "$TestDrive/e.png" } }
        @{ Id = 'PlotTooFewWords'; What = 'an empty pipeline'; Script = { @() | Export-WordPlot "$TestDrive/e.png" } }
        @{ Id = 'VectorsNotFound'; What = 'a missing table'; Script = { Export-WordPlot "$TestDrive/e.png" -Vectors nosuch } }
    ) {
        $Script | Should -Throw -ErrorId "$Id*"
    }
}
